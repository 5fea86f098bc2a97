/** How many orders the server takes in a second, and how soon each trader knows. */
import postgres from 'postgres';
import type { Row } from '../row.ts';
import { quantile } from '../server/load.ts';
import { watchMachine } from '../server/machine.ts';
import { startMeasuredServer, type MeasuredServer } from '../server/measured-server.ts';
import { runOrders, type OrderResult } from './open-load.ts';
import { postgresCpuSeconds } from './postgres-cpu.ts';
import { makeTradingPeople } from './trading-people.ts';

const PEOPLE = 600;
const LEAST_PER_SECOND = 300;
/** A little more than is to be reached, since what comes is all that can be admitted. */
const ASKED_PER_SECOND = 306;
const MOST_P99_MS = 50;
const WARM_UP_MS = 5_000;
/** Short enough that no order is given up meanwhile, as its terminal is away. */
const MEASURED_MS = 20_000;

const limits = ['auth', 'trading', 'data'].map((name) => `${name}=9000000/9000000`).join(',');

interface Work {
  readonly seconds: number;
  readonly server: number;
  readonly postgres: number;
  readonly all: number;
}

export async function admissionBench(): Promise<Row[]> {
  const server = await startMeasuredServer({ OFFING_LIMITS: limits });
  try {
    const callers = await makeTradingPeople(server, PEOPLE);
    let begin = Promise.resolve(() => Promise.resolve(idle));
    const result = await runOrders(
      {
        ...{ address: server.address, callers, perSecond: ASKED_PER_SECOND },
        ...{ warmUpMs: WARM_UP_MS, measuredMs: MEASURED_MS },
      },
      () => (begin = watchWork(server)),
    );
    const work = await (await begin)();
    return rowsOf(result, work, await countOrders(server));
  } finally {
    await server.end();
  }
}

const idle: Work = { seconds: 0, server: 0, postgres: 0, all: 0 };

/** Cores that each was busy with, from now until it is asked. */
async function watchWork(server: MeasuredServer): Promise<() => Promise<Work>> {
  const read = async () => ({
    atMs: performance.now(),
    server: await server.cpuSeconds(),
    postgres: (await postgresCpuSeconds(server)) ?? NaN,
  });
  const machine = watchMachine();
  const before = await read();
  return async () => {
    const after = await read();
    const seconds = (after.atMs - before.atMs) / 1_000;
    return {
      seconds,
      server: (after.server - before.server) / seconds,
      postgres: (after.postgres - before.postgres) / seconds,
      all: machine().busyCores,
    };
  };
}

interface Kept {
  readonly requests: number;
  readonly intents: number;
  readonly entries: number;
}

async function countOrders({ databaseUrl }: MeasuredServer): Promise<Kept> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    const [kept] = await sql<Kept[]>`
      select (select count(*)::int from trade_requests) as requests,
        (select count(distinct request_id)::int from order_intents) as intents,
        (select count(*)::int from audit_entries where action = 'order.requested') as entries`;
    return kept!;
  } finally {
    await sql.end();
  }
}

function rowsOf(result: OrderResult, work: Work, kept: Kept): Row[] {
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
      ...{ name: `orders of ${PEOPLE} people admitted, ${ASKED_PER_SECOND}/s asked`, unit: '/s' },
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
