/** What trading costs the server: orders taken in, prices passed on, a whole book compared. */
import type { Row } from '../row.ts';
import { admissionBench } from './admission-bench.ts';
import { quotesBench } from './quotes-bench.ts';
import { reconcileBench } from './reconcile-bench.ts';

export async function ordersBench(): Promise<Row[]> {
  return [...(await admissionBench()), ...(await quotesBench()), ...(await reconcileBench())];
}
