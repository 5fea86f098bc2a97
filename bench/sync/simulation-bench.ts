/** Whether anything is lost: made-up lives of many devices, each with all that can go wrong. */
import { simulate } from '../../tests/simulation/simulate.ts';
import type { Row } from '../row.ts';

const SEEDS = 500;

export async function simulationBench(): Promise<Row[]> {
  let failed = 0;
  const startMs = performance.now();
  for (let seed = 0; seed < SEEDS; seed++) if (await simulate(seed)) failed++;
  const perSecond = SEEDS / ((performance.now() - startMs) / 1000);
  return [
    {
      name: `simulated lives of ${SEEDS} that lost something or did not agree`,
      value: failed,
      unit: 'lives',
      rival: `none (${Math.round(perSecond)} lives a second)`,
      ratio: failed === 0 ? 1 : failed,
      target: '0; 100,000 by npm run simulate',
      pass: failed === 0,
    },
  ];
}
