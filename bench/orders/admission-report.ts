/** What a run of orders came to, in rows: what was promised, and what it took. */
import type { Row } from '../row.ts';
import { quantile } from '../server/load.ts';
import type { OrderResult } from './open-load.ts';

/** Cores that each was busy with. */
export interface Work {
  readonly seconds: number;
  readonly server: number;
  readonly postgres: number;
  /** All programs of the machine. */
  readonly all: number;
}

/** Rows in the database, of each of which there must be one an order. */
export interface Kept {
  readonly requests: number;
  readonly intents: number;
  readonly entries: number;
}

export interface Admissions {
  readonly people: number;
  readonly askedPerSecond: number;
  readonly result: OrderResult;
  readonly work: Work;
  readonly kept: Kept;
}

const LEAST_PER_SECOND = 300;
const MOST_P99_MS = 50;

export function admissionRows({ people, askedPerSecond, result, work, kept }: Admissions): Row[] {
  const { admitted, errors, firstError, perSecond, latenciesMs, cpuRatio } = result;
  const p99 = quantile(latenciesMs, 0.99);
  const spread = [0.5, 0.9, 0.999, 1].map((share) => quantile(latenciesMs, share).toFixed(1));
  const others = work.all - work.server - work.postgres - cpuRatio;
  const shares = `server ${percent(work.server)}, Postgres ${percent(work.postgres)}, generator ${percent(cpuRatio)}, other programs ${percent(others)} of a core`;
  const lost = [kept.requests, kept.intents, kept.entries].map((count) => count - admitted);
  const perOrderMs = (cores: number) => (cores * work.seconds * 1_000) / result.sinceMeasured;
  const most = Math.max(...lost.map(Math.abs));
  return [
    {
      ...{ name: `orders of ${people} people admitted, ${askedPerSecond}/s asked`, unit: '/s' },
      ...{ value: perSecond, rival: `limit of ${LEAST_PER_SECOND}/s` },
      ...{ ratio: perSecond / LEAST_PER_SECOND, target: `≥ ${LEAST_PER_SECOND}/s` },
      ...{ pass: perSecond >= LEAST_PER_SECOND, reason: shares },
    },
    {
      ...{ name: '99 % of them answered within, from when each was due', unit: 'ms', value: p99 },
      ...{ rival: `limit of ${MOST_P99_MS} ms`, ratio: p99 / MOST_P99_MS },
      ...{ target: `< ${MOST_P99_MS} ms`, pass: p99 < MOST_P99_MS },
      reason: `50 %, 90 %, 99.9 %, all within ${spread.join(', ')} ms; ${shares}`,
    },
    {
      ...{ name: `orders not admitted, of ${admitted + errors}`, unit: 'orders', value: errors },
      ...{ rival: 'limit of 0', ratio: errors / (admitted + errors) },
      ...{ target: '= 0', pass: errors === 0, reason: firstError ?? '' },
    },
    {
      ...{ name: `admitted orders kept other than once, of ${admitted}`, unit: 'orders' },
      ...{ value: most, rival: 'limit of 0', ratio: most / admitted },
      ...{ target: '= 0', pass: most === 0 },
      reason: `requests, intents and audit entries differ by ${lost.join(', ')}`,
    },
    reported('work of the server for an order', perOrderMs(work.server), 'ms', shares),
    reported('work of Postgres for an order', perOrderMs(work.postgres), 'ms', shares),
    reported('the load generator beside it', cpuRatio * 100, '% of core', shares),
    reported('50 % of orders answered within', quantile(latenciesMs, 0.5), 'ms', spread.join(', ')),
  ];
}

const reported = (name: string, value: number, unit: string, rival: string): Row => ({
  ...{ name, value, unit, rival, ratio: 1, target: 'reported', pass: null },
});

const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
