/** How many calls a second the limiter counts by itself, in the database that the server uses. */
import postgres from 'postgres';
import { appRole, connect } from '../../sync/database/connection.ts';
import { limitKey } from '../../sync/limits/limit-key.ts';
import { createLimiter } from '../../sync/limits/limiter.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';

const ROUNDS = 3;
const PEOPLE = 100;
const MEASURED_MS = 2_000;
const limit = { minute: 9_000_000, hour: 9_000_000 };
const secret = 'a secret of the benchmark';

export async function limiterBench(databaseUrl: string): Promise<Row[]> {
  const connection = connect(databaseUrl, { name: 'bench', most: 10, role: appRole });
  const sql = postgres(databaseUrl, { max: 10, onnotice: () => undefined });
  try {
    const limiter = createLimiter(connection.database);
    const ours: number[] = [];
    const byHand: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(
        await checksPerSecond(async (index) => {
          const asks = keysOf('ours', index).map((key) => ({ key, limit }));
          const taken = await limiter.take(asks, Date.now());
          if (!taken.ok) throw new Error('The limit is too narrow to be measured.');
        }),
      );
      byHand.push(
        await checksPerSecond(async (index) => {
          for (const key of keysOf('by hand', index)) await countByHand(sql, key);
        }),
      );
    }
    const value = median(ours);
    const rival = median(byHand);
    return [
      {
        name: `limit checks, ${PEOPLE} at once, for account and address`,
        value,
        unit: '/s',
        rival: `a statement a key (${Math.round(rival)}/s)`,
        ratio: value / rival,
        target: 'reported',
        pass: null,
      },
    ];
  } finally {
    await Promise.all([connection.close(), sql.end()]);
  }
}

/** An account of its own each, and one address for all, as behind one office's router. */
function keysOf(procedure: string, index: number): readonly string[] {
  return [
    limitKey(secret, procedure, 'account', String(index)),
    limitKey(secret, procedure, 'address', '127.0.0.1'),
  ];
}

async function countByHand(sql: postgres.Sql, key: string): Promise<void> {
  await sql`
    insert into rate_limits (key, minute_start_ms, minute_used, hour_start_ms, hour_used)
    values (${key}, 0, 1, 0, 1)
    on conflict (key) do update
      set minute_used = rate_limits.minute_used + 1, hour_used = rate_limits.hour_used + 1
    returning minute_used, hour_used`;
}

async function checksPerSecond(check: (index: number) => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  let checks = 0;
  const checkOver = async (index: number) => {
    while (performance.now() - startedMs < MEASURED_MS) {
      await check(index);
      checks++;
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, index) => checkOver(index)));
  return checks / ((performance.now() - startedMs) / 1_000);
}
