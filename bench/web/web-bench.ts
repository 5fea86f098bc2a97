/** How fast prices come into the browser's store and out of it, and how soon the pages stand. */
import type { Row } from '../row.ts';
import { csvBench } from './csv-bench.ts';
import { memoryBench } from './memory-bench.ts';
import { pageBench } from './page-bench.ts';
import { storeBench } from './store-bench.ts';

export async function webBench(): Promise<Row[]> {
  return [...csvBench(), ...memoryBench(), ...(await storeBench()), ...(await pageBench())];
}
