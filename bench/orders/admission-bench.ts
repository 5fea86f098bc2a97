/** How many orders the server takes in a second, and how soon each trader knows. */
import postgres from 'postgres';
import type { Row } from '../row.ts';
import { watchMachine } from '../server/machine.ts';
import { startMeasuredServer, type MeasuredServer } from '../server/measured-server.ts';
import { admissionRows, type Kept, type Work } from './admission-report.ts';
import { runOrders } from './open-load.ts';
import { postgresCpuSeconds } from './postgres-cpu.ts';
import { makeTradingPeople } from './trading-people.ts';

/** A little more than is to be reached, since what comes is all that can be admitted. */
const ASKED_PER_SECOND = 306;

interface Size {
  readonly people: number;
  readonly warmUpMs: number;
  /** Short enough that no order is given up meanwhile, as its terminal is away. */
  readonly measuredMs: number;
}

const full: Size = { people: 600, warmUpMs: 5_000, measuredMs: 20_000 };
/** For a first look: some of what the server runs is not yet compiled by then. */
const quick: Size = { people: 300, warmUpMs: 3_000, measuredMs: 6_000 };

const limits = ['auth', 'trading', 'data'].map((name) => `${name}=9000000/9000000`).join(',');

export async function admissionBench(options: { readonly quick: boolean }): Promise<Row[]> {
  const { people, warmUpMs, measuredMs } = options.quick ? quick : full;
  const server = await startMeasuredServer({ OFFING_LIMITS: limits });
  try {
    const callers = await makeTradingPeople(server, people);
    let begin = Promise.resolve(() => Promise.resolve(idle));
    const result = await runOrders(
      {
        ...{ address: server.address, callers, perSecond: ASKED_PER_SECOND },
        ...{ warmUpMs, measuredMs },
      },
      () => (begin = watchWork(server)),
    );
    const work = await (await begin)();
    const kept = await countOrders(server);
    return admissionRows({ people, askedPerSecond: ASKED_PER_SECOND, result, work, kept });
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
