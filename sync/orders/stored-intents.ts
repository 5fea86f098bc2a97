/** Requests, intents and what these went through, in Postgres: a statement however many they are. */
import { sql, type SQL } from 'drizzle-orm';
import { finalStates, type Intent, type IntentBody, type OrderState } from '#core/broker/intent.ts';
import type { IntentEvent, KeptRequest } from './order-store.ts';
import type { Scope } from './postgres-store.ts';

interface Row extends Record<string, unknown> {
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
  const found = await queries.execute<Row>(sql`
    select intent_id, request_id, state, body, facts from "order_intents"
    where ("order_intents"."user_id" = ${userId} and
      "order_intents"."account_id" = ${accountId} and ${rest}`);
  return found.map((row) => ({
    ...{ id: row.intent_id, accountId, requestId: row.request_id },
    ...{ state: row.state, body: row.body },
    ...row.facts,
  }));
}

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

export async function writeIntents(
  { queries, userId, accountId }: Scope,
  intents: readonly Intent[],
): Promise<void> {
  if (intents.length === 0) return;
  await queries.execute(sql`
    insert into "order_intents" ("user_id", "account_id", "intent_id", "request_id", "state",
      "is_open", "body", "facts", "magics", "broker_order", "created_ms", "updated_ms")
    select ${userId}::uuid, ${accountId}::uuid, id, request, state, is_open = 1, body::jsonb,
      facts::jsonb, string_to_array(magics, ' '), nullif(broker_order, chr(31)), created, updated
    from unnest(${column(intents, ({ id }) => id, sql`uuid`)},
      ${column(intents, ({ requestId }) => requestId, sql`uuid`)},
      ${column(intents, ({ state }) => state, sql`text`)},
      ${column(intents, ({ state }) => (finalStates.has(state) ? 0 : 1), sql`integer`)},
      ${column(intents, ({ body }) => JSON.stringify(body), sql`text`)},
      ${column(intents, (intent) => JSON.stringify(factsOf(intent)), sql`text`)},
      ${column(intents, ({ magic, earlierMagics }) => [magic, ...earlierMagics].join(' '), sql`text`)},
      ${column(intents, ({ order }) => order, sql`text`)},
      ${column(intents, ({ createdMs }) => createdMs, sql`bigint`)},
      ${column(intents, ({ updatedMs }) => updatedMs, sql`bigint`)}
    ) as given (id, request, state, is_open, body, facts, magics, broker_order, created, updated)
    on conflict ("user_id", "intent_id") do update set "state" = excluded.state,
      "is_open" = excluded.is_open, "body" = excluded.body, "facts" = excluded.facts,
      "magics" = excluded.magics, "broker_order" = excluded.broker_order,
      "updated_ms" = excluded.updated_ms`);
}

function factsOf(intent: Intent): Row['facts'] {
  const { id, accountId, requestId, state, body, ...facts } = intent;
  return facts;
}

export async function writeEvents(
  { queries, userId }: Scope,
  events: readonly IntentEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await queries.execute(sql`
    insert into "intent_events" ("user_id", "intent_id", "at_ms", "name", "detail")
    select ${userId}::uuid, intent, at_ms, name, detail::jsonb
    from unnest(${column(events, ({ intentId }) => intentId, sql`uuid`)},
      ${column(events, ({ atMs }) => atMs, sql`bigint`)},
      ${column(events, ({ name }) => name, sql`text`)},
      ${column(events, ({ detail }) => JSON.stringify(detail), sql`text`)}
    ) as given (intent, at_ms, name, detail)`);
}
