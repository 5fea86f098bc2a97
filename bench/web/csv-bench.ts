/**
 * How fast bytes of CSV become bars: the whole import but for the disk, against papaparse with its
 * cells turned to numbers, and against a plain loop in C that checks nothing.
 */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Papa from 'papaparse';
import { parseBars } from '#workers/import/parse.ts';
import { compileC } from '../compile-c.ts';
import type { Row } from '../row.ts';
import { makeCsv } from './made-csv.ts';
import { median } from './median.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const BARS = 1_000_000;
const ROUNDS = 7;
const WARM_UPS = 10;
const LEAST_MB_PER_S = 1200;
const LEAST_TIMES_PAPAPARSE = 8;

export function csvBench(): Row[] {
  const bytes = makeCsv(BARS);
  const rival = compileRival(bytes);
  try {
    return measure(bytes, rival);
  } finally {
    rival?.close();
  }
}

function measure(bytes: Uint8Array, rival: CRival | null): Row[] {
  for (let i = 0; i < WARM_UPS; i++) ours(bytes);
  const sum = ours(bytes);
  // A tenth is enough of what is ten times slower, and each takes its turn in every round.
  const part = bytes.subarray(0, bytes.indexOf(10, bytes.length / 10) + 1);
  const speeds: { ours: number[]; papaparse: number[]; c: number[] } = {
    ours: [],
    papaparse: [],
    c: [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    speeds.ours.push(speed(bytes, () => assert.equal(ours(bytes), sum)));
    speeds.papaparse.push(speed(part, () => papaparse(part)));
    if (!rival) continue;
    const theirs = rival.run();
    assert.equal(theirs.sum, sum);
    speeds.c.push(bytes.length / theirs.seconds / 1e6);
  }
  const value = median(speeds.ours);
  const timesPapaparse = value / median(speeds.papaparse);
  const timesC = rival ? value / median(speeds.c) : NaN;
  return [
    {
      name: 'CSV bytes to bars',
      value,
      unit: 'MB/s',
      rival: 'papaparse and numbers',
      ratio: timesPapaparse,
      target: `≥ ${LEAST_TIMES_PAPAPARSE} × papaparse`,
      pass: timesPapaparse >= LEAST_TIMES_PAPAPARSE,
    },
    {
      name: 'CSV bytes to bars',
      value,
      unit: 'MB/s',
      rival: rival ? 'C loop that checks nothing' : 'C loop (no compiler here)',
      ratio: rival ? timesC : 0,
      target: `≥ ${LEAST_MB_PER_S} MB/s`,
      pass: value >= LEAST_MB_PER_S,
      reason:
        'suspected, not traced: the columns are new memory each time, and gaps are looked for',
    },
  ];
}

/** The rubbish of one turn is not swept in the next. */
function speed(bytes: Uint8Array, work: () => void): number {
  collectGarbage();
  const start = performance.now();
  work();
  return bytes.length / (performance.now() - start) / 1000;
}

/** Sum of the closes in points. */
function ours(bytes: Uint8Array): number {
  const parsed = parseBars(bytes, 'EURUSD_M1.csv');
  assert(parsed.ok && parsed.value.bars.scale === 100_000);
  let sum = 0;
  for (const points of parsed.value.bars.bid.close) sum += points;
  return sum;
}

/** What a page would write with it: text, rows of cells, numbers in columns. */
function papaparse(bytes: Uint8Array): void {
  const { data } = Papa.parse<string[]>(new TextDecoder().decode(bytes), { skipEmptyLines: true });
  const columns = Array.from({ length: 6 }, () => new Float64Array(data.length - 1));
  for (let i = 1; i < data.length; i++) {
    const row = data[i]!;
    columns[0]![i - 1] = Date.parse(`${row[0]!.replace(' ', 'T')}Z`);
    for (let c = 1; c < 6; c++) columns[c]![i - 1] = Number(row[c]);
  }
  assert(columns[4]!.every((close) => close > 0));
}

interface CRival {
  readonly run: () => { readonly seconds: number; readonly sum: number };
  readonly close: () => void;
}

/** Null where there is no compiler. */
function compileRival(bytes: Uint8Array): CRival | null {
  const program = compileC(join(import.meta.dirname, 'csv.c'), bytes);
  return (
    program && {
      run() {
        const [seconds, sum] = program.run().split(' ');
        return { seconds: Number(seconds), sum: Number(sum) };
      },
      close: program.close,
    }
  );
}
