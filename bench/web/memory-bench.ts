/** What a million bars take in the memory of the worker that holds them. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { strict as assert } from 'node:assert';
import { decodeChunks } from '#core/market/chunk-read.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { encodeMonths } from '#workers/store/merge-series.ts';
import type { Row } from '../row.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const BARS = 1_000_000;
const MOST_MEGABYTES = 30;

/** Heap and buffers that are there with the bars and not without them: times and four prices. */
export function memoryBench(): Row[] {
  const months = encodeMonths(makeBars({ count: BARS, seed: 1, stepMs: 60_000 }));
  const chunks = months.map(({ bytes }) => bytes);
  const before = held();
  const bars = decodeChunks(chunks);
  const value = (held() - before) / 1e6;
  assert(bars.ok && bars.value.length === BARS);
  return [
    {
      name: 'memory of 1 M bars, resident',
      value,
      unit: 'MB',
      rival: `limit of ${MOST_MEGABYTES} MB`,
      ratio: value / MOST_MEGABYTES,
      target: `≤ ${MOST_MEGABYTES} MB`,
      pass: value <= MOST_MEGABYTES,
    },
  ];
}

function held(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
