/** How fast prices come into the browser's store and out of it. */
import type { Row } from '../row.ts';
import { csvBench } from './csv-bench.ts';
import { storeBench } from './store-bench.ts';

export async function webBench(): Promise<Row[]> {
  return [...csvBench(), ...(await storeBench())];
}
