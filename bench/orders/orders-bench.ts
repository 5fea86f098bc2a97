/** What trading costs the server: orders taken in, prices passed on, a whole book compared. */
import type { Row } from '../row.ts';
import { admissionBench } from './admission-bench.ts';
import { quotesBench } from './quotes-bench.ts';
import { reconcileBench } from './reconcile-bench.ts';

/** `quick`: of orders taken in alone, in less than 20 seconds on a machine that does nothing else. */
export async function ordersBench(options: { readonly quick: boolean }): Promise<Row[]> {
  const admitted = await admissionBench(options);
  if (options.quick) return admitted;
  return [...admitted, ...(await quotesBench()), ...(await reconcileBench())];
}
