/** Monte Carlo of trade order: 10,000 paths of 500 round trips, against the plain loop in C. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { createRandom } from '#core/market/made-bars.ts';
import { walkOrders, type OrderPaths } from '#core/optimise/order-paths.ts';
import { createWalk } from '#workers/optimise/order-walk.ts';
import { compileC } from '../compile-c.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';

const PATHS = 10_000;
const ROUND_TRIPS = 500;
const SEED = 1;
const ROUNDS = 15;
const MOST_TIMES_C = 0.6;

export function orderRows(): Row[] {
  const random = createRandom(7);
  const factors = Float64Array.from({ length: ROUND_TRIPS }, () => 0.99 + random() * 0.021);
  const program = compileC(
    join(import.meta.dirname, 'order-paths.c'),
    new Uint8Array(factors.buffer),
  );
  try {
    const walk = createWalk();
    const expected = sums(walkOrders(factors, PATHS, SEED));
    const words = [ROUND_TRIPS, PATHS, SEED].map(String);
    const times: { ours: number[]; c: number[] } = { ours: [], c: [] };
    for (let round = 0; round < ROUNDS; round++) {
      const startMs = performance.now();
      const paths = walk(factors, PATHS, SEED);
      times.ours.push(performance.now() - startMs);
      assert.deepEqual(sums(paths), expected);
      if (!program) continue;
      const [ms, fell, grew] = program
        .run(...words)
        .split(' ')
        .map(Number);
      assert.deepEqual([fell, grew], expected);
      times.c.push(ms!);
    }
    const value = median(times.ours);
    const ratio = program ? value / median(times.c) : NaN;
    return [
      {
        name: 'Monte Carlo of trade order, 10,000 × 500',
        value,
        unit: 'ms',
        rival: program ? 'plain C, the same numbers' : 'plain C (no compiler here)',
        ratio: program ? ratio : 0,
        target: `≤ ${MOST_TIMES_C} × C`,
        pass: program ? ratio <= MOST_TIMES_C : null,
      },
    ];
  } finally {
    program?.close();
  }
}

function sums({ falls, growths }: OrderPaths): readonly [number, number] {
  const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0);
  return [sum(falls), sum(growths)];
}
