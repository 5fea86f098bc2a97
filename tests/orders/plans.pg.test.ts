/** What orders ask of Postgres is found by its indexes, however much there is of it. */
import { sql, type SQL } from 'drizzle-orm';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Queries } from '../../sync/database/queries.ts';
import type { Statement } from '../../sync/database/short-transaction.ts';
import type { Scope } from '../../sync/orders/postgres-store.ts';
import { heldAccount, instrumentsOf } from '../../sync/orders/stored-account.ts';
import { bookOf, dealsOf, trailsOf } from '../../sync/orders/stored-book.ts';
import { foresee } from '../../sync/orders/stored-foresight.ts';
import {
  intentsById,
  intentsOf,
  openIntents,
  requestOf,
} from '../../sync/orders/stored-intents.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';

let database: TestDatabase;
let owner: Sql;
const userId = '00000000-0000-4000-8000-000000000001';
const accountId = '00000000-0000-4000-8000-000000000002';

beforeAll(async () => {
  database = await testDatabase();
  owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  await owner`
    insert into trading_accounts (user_id, account_id, name, kind, state, sealed_token, limits,
      settings, instruments, created_ms)
    select gen_random_uuid(), gen_random_uuid(), '', 'paper', 'paired', '', '{}', '{}', '[]', 0
    from generate_series(1, 2000)`;
  await owner`insert into audit_heads (user_id, seq, hash)
    select gen_random_uuid(), 0, '' from generate_series(1, 2000)`;
  await owner`insert into user_keys (user_id, sealed_key)
    select gen_random_uuid(), '' from generate_series(1, 2000)`;
  for (const [user, account] of [
    [userId, accountId],
    ['00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000004'],
  ] as const) {
    await owner`
      insert into order_intents (user_id, intent_id, account_id, request_id, state, is_open, body,
        facts, magics, broker_order, created_ms, updated_ms)
      select ${user}, gen_random_uuid(), ${account}, gen_random_uuid(), 'filled', n % 1000 = 0,
        '{}', '{}', array[n::text], 'o' || n, n, n from generate_series(1, 10000) as n`;
    await owner`
      insert into trade_requests (user_id, request_id, account_id, body_hash, intent_ids, created_ms)
      select ${user}, gen_random_uuid(), ${account}, '', '{}', n from generate_series(1, 10000) as n`;
    await owner`
      insert into deals (user_id, account_id, deal, order_ticket, position, symbol, kind, entry,
        volume_lots, price, commission, swap, profit, magic, comment, reason, server_ms)
      select ${user}, ${account}, n::text, 'o' || n, 'p' || n, 'EURUSD', 'buy', 'in', 1, 1, 0, 0, 0,
        n::text, '', 'client', n from generate_series(1, 10000) as n`;
    await owner`
      insert into broker_items (user_id, account_id, kind, item_id, facts)
      select ${user}, ${account}, (array['position', 'order', 'trail'])[1 + n % 3], n::text, '{}'
      from generate_series(1, 3000) as n`;
  }
});
afterAll(async () => {
  await owner?.end();
  await database?.close();
});

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string | undefined;
  readonly Plans?: readonly Node[] | undefined;
}
const node: z.ZodType<Node> = z.lazy(() =>
  z.object({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    Plans: z.array(node).optional(),
  }),
);
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: node })]) })]);

/** How each table is gone through; the indexes of a bitmap are beneath its heap. */
async function scansOf(work: (scope: Scope) => Promise<unknown>): Promise<readonly Node[]> {
  const plans: Node[] = [];
  const queries = new Proxy<Queries>(database.owner, {
    get(target, name) {
      if (name !== 'execute') return Reflect.get(target, name) as unknown;
      return async (query: SQL) => {
        const rows = await target.execute(sql`explain (format json) ${query}`);
        plans.push(explained.parse([...rows])[0]['QUERY PLAN'][0].Plan);
        return [];
      };
    },
  });
  const send: Scope['send'] = async <T>({ text, values }: Statement) => {
    const rows = await owner.unsafe(`explain (format json) ${text}`, values as never[]);
    plans.push(explained.parse([...rows])[0]['QUERY PLAN'][0].Plan);
    return [{} as T];
  };
  await work({ queries, send, userId, accountId });
  const all = (plan: Node): Node[] => [plan, ...(plan.Plans ?? []).flatMap(all)];
  return plans.flatMap(all).filter((each) => each['Relation Name'] !== undefined);
}

const asked: Readonly<Record<string, (scope: Scope) => Promise<unknown>>> = {
  'the account': heldAccount,
  'all that an order needs': (scope) =>
    foresee(scope, { requestId: accountId, symbols: ['EURUSD'] }),
  'its instruments': (scope) => instrumentsOf(scope, ['EURUSD']),
  'a request': (scope) => requestOf(scope, accountId),
  'some intents': (scope) => intentsById(scope, [accountId, userId]),
  'the open intents': openIntents,
  'intents by magic number and order': (scope) => intentsOf(scope, ['77', '78'], ['o5']),
  'positions and orders': bookOf,
  trails: trailsOf,
  'deals of a position': (scope) => dealsOf(scope, { position: 'p7' }),
  'deals of some positions': (scope) => dealsOf(scope, { positions: ['p7', 'p8'] }),
  'deals of an order': (scope) => dealsOf(scope, { order: 'o7' }),
};

describe.each(['while Postgres knows nothing of the tables', 'once it does'])('%s', (when) => {
  beforeAll(async () => {
    if (when === 'once it does') await owner`analyze`;
  });

  test.each(Object.entries(asked))('%s', async (_, work) => {
    const scans = await scansOf(work);
    expect(scans.length).toBeGreaterThan(0);
    for (const scan of scans) {
      expect(scan['Node Type'], JSON.stringify(scan)).toMatch(
        /^(Index (Only )?|Bitmap Heap )Scan$/,
      );
    }
  });
});
