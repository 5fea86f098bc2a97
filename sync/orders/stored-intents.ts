/** Requests and intents as they are read from Postgres, and how many are written at once. */
import { sql, type SQL } from 'drizzle-orm';
import type { Intent, IntentBody, OrderState } from '#core/broker/intent.ts';
import type { KeptRequest } from './order-store.ts';
import type { Scope } from './postgres-store.ts';

export interface IntentRow extends Record<string, unknown> {
  readonly intent_id: string;
  readonly request_id: string;
  readonly state: OrderState;
  readonly body: IntentBody;
  readonly facts: Omit<Intent, 'id' | 'accountId' | 'requestId' | 'state' | 'body'>;
}

async function select(
  { queries, userId, accountId }: Scope,
  rest: SQL,
): Promise<readonly Intent[]> {
  const found = await queries.execute<IntentRow>(sql`
    select intent_id, request_id, state, body, facts from "order_intents"
    where ("order_intents"."user_id" = ${userId} and
      "order_intents"."account_id" = ${accountId} and ${rest}`);
  return found.map((row) => intentOf(accountId, row));
}

export const intentOf = (accountId: string, row: IntentRow): Intent => ({
  ...{ id: row.intent_id, accountId, requestId: row.request_id },
  ...{ state: row.state, body: row.body },
  ...row.facts,
});

/** In the order asked for. */
export async function intentsById(
  scope: Scope,
  ids: readonly string[],
): Promise<readonly Intent[]> {
  if (ids.length === 0) return [];
  const wanted = sql`"order_intents"."intent_id" = any(${sql.param(ids)}::uuid[]))`;
  const found = new Map((await select(scope, wanted)).map((intent) => [intent.id, intent]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

export const openIntents = (scope: Scope): Promise<readonly Intent[]> =>
  select(scope, sql`"order_intents"."is_open") order by "order_intents"."created_ms"`);

export const intentsOf = (
  scope: Scope,
  magics: readonly string[],
  orders: readonly string[],
): Promise<readonly Intent[]> =>
  select(
    scope,
    sql`("order_intents"."magics" && ${sql.param(magics)}::text[] or
      "order_intents"."broker_order" = any(${sql.param(orders)}::text[])))`,
  );

/** Looked for in all of the person's accounts: an id is good for one thing alone. */
export async function requestOf(
  { queries, userId }: Scope,
  requestId: string,
): Promise<KeptRequest | null> {
  const [row] = await queries.execute<{
    readonly body_hash: string;
    readonly intent_ids: readonly string[];
    readonly created_ms: string;
  }>(sql`
    select body_hash, to_jsonb(intent_ids) as intent_ids, created_ms from "trade_requests"
    where ("trade_requests"."user_id" = ${userId} and
      "trade_requests"."request_id" = ${requestId})`);
  if (!row) return null;
  const { body_hash: bodyHash, intent_ids: intentIds, created_ms: createdMs } = row;
  return { requestId, bodyHash, intentIds, createdMs: Number(createdMs) };
}

/** One array a column, so that the statement is the same for any number of rows. */
export const column = <T>(
  items: readonly T[],
  of: (item: T) => string | number | null,
  type: SQL,
): SQL => sql`${sql.param(items.map((item) => of(item) ?? absent))}::${type}[]`;

/** Stands for null in an array, whose values are all written in quotes. */
export const absent = '\x1f';

export function factsOf(intent: Intent): IntentRow['facts'] {
  const { id, accountId, requestId, state, body, ...facts } = intent;
  return facts;
}
