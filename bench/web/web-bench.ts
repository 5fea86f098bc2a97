/** How fast prices come into the browser's store and out of it, how soon the pages stand, and how they trade. */
import type { Row } from '../row.ts';
import { csvBench } from './csv-bench.ts';
import { memoryBench } from './memory-bench.ts';
import { pageBench } from './page-bench.ts';
import { storeBench } from './store-bench.ts';
import { tradeBench } from './trade-bench.ts';

export async function webBench(): Promise<Row[]> {
  return [
    ...csvBench(),
    ...memoryBench(),
    ...(await storeBench()),
    ...(await pageBench()),
    ...(await tradeBench()),
  ];
}
