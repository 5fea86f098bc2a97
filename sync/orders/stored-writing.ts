/**
 * What happened to intents, the entries about it in the person's trail, and to whom it is told: one
 * statement, however much of it there is.
 */
import { finalStates, type Intent } from '#core/broker/intent.ts';
import type { ChainLink } from '../audit/audit-trail.ts';
import type { Statement } from '../database/short-transaction.ts';
import type { TxChanges } from './gathered-tx.ts';
import type { IntentEvent, KeptRequest } from './order-store.ts';
import type { Scope } from './postgres-store.ts';
import { absent, factsOf } from './stored-intents.ts';

export interface Written extends Pick<TxChanges, 'requests' | 'intents' | 'events'> {
  /** Null where nothing is added to the trail. */
  readonly link: ChainLink | null;
  /** Told once the transaction is committed. */
  readonly told: readonly Told[];
}

export interface Told {
  readonly channel: string;
  readonly text: string;
}

/** Null where there is nothing to be written. */
export function writingOf(
  { userId, accountId }: Pick<Scope, 'userId' | 'accountId'>,
  { requests, intents, events, link, told }: Written,
): Statement | null {
  const values: unknown[] = [userId, accountId];
  const given: Give = (value, type) => `$${values.push(value)}::${type}`;
  const parts = [
    ...(requests.length > 0 ? [insertRequests(requests, given)] : []),
    ...(intents.length > 0 ? [insertIntents(intents, given)] : []),
    ...(events.length > 0 ? [insertEvents(events, given)] : []),
    ...(link ? [insertEntries(link, given), moveHead(link, given)] : []),
  ];
  const notices = told.map(
    ({ channel, text }) => `pg_notify('${channel}', ${given(text, 'text')})`,
  );
  if (parts.length + notices.length === 0) return null;
  const whose = 'whose as (select $1::uuid as user_id, $2::uuid as account_id)';
  return { text: `with ${[whose, ...parts].join(', ')} select ${notices.join(', ')}`, values };
}

/** The place in the text of a value that goes beside it. */
type Give = (value: unknown, type: string) => string;

/** An array each: the text is the same for any number of items. */
type Columns<T> = readonly (readonly [type: string, of: (item: T) => string | number | null])[];

function unnest<T>(items: readonly T[], columns: Columns<T>, give: Give): string {
  const arrays = columns.map(([type, of]) =>
    give(
      items.map((item) => of(item) ?? absent),
      `${type}[]`,
    ),
  );
  return `unnest(${arrays.join(', ')})`;
}

const requestColumns: Columns<KeptRequest> = [
  ['uuid', ({ requestId }) => requestId],
  ['text', ({ bodyHash }) => bodyHash],
  ['text', ({ intentIds }) => intentIds.join(' ')],
  ['bigint', ({ createdMs }) => createdMs],
];

const insertRequests = (requests: readonly KeptRequest[], give: Give): string => `new_requests as (
  insert into "trade_requests" ("user_id", "account_id", "request_id", "body_hash", "intent_ids",
    "created_ms")
  select whose.user_id, whose.account_id, request, body_hash, string_to_array(ids, ' ')::uuid[],
    created
  from whose, ${unnest(requests, requestColumns, give)} as given (request, body_hash, ids, created))`;

const intentColumns: Columns<Intent> = [
  ['uuid', ({ id }) => id],
  ['uuid', ({ requestId }) => requestId],
  ['text', ({ state }) => state],
  ['integer', ({ state }) => (finalStates.has(state) ? 0 : 1)],
  ['text', ({ body }) => JSON.stringify(body)],
  ['text', (intent) => JSON.stringify(factsOf(intent))],
  ['text', ({ magic, earlierMagics }) => [magic, ...earlierMagics].join(' ')],
  ['text', ({ order }) => order],
  ['bigint', ({ createdMs }) => createdMs],
  ['bigint', ({ updatedMs }) => updatedMs],
];

const insertIntents = (intents: readonly Intent[], give: Give): string => `new_intents as (
  insert into "order_intents" ("user_id", "account_id", "intent_id", "request_id", "state",
    "is_open", "body", "facts", "magics", "broker_order", "created_ms", "updated_ms")
  select whose.user_id, whose.account_id, id, request, state, is_open = 1, body::jsonb,
    facts::jsonb, string_to_array(magics, ' '), nullif(broker_order, chr(31)), created, updated
  from whose, ${unnest(intents, intentColumns, give)}
    as given (id, request, state, is_open, body, facts, magics, broker_order, created, updated)
  on conflict ("user_id", "intent_id") do update set "state" = excluded.state,
    "is_open" = excluded.is_open, "body" = excluded.body, "facts" = excluded.facts,
    "magics" = excluded.magics, "broker_order" = excluded.broker_order,
    "updated_ms" = excluded.updated_ms)`;

const eventColumns: Columns<IntentEvent> = [
  ['uuid', ({ intentId }) => intentId],
  ['bigint', ({ atMs }) => atMs],
  ['text', ({ name }) => name],
  ['text', ({ detail }) => JSON.stringify(detail)],
];

const insertEvents = (events: readonly IntentEvent[], give: Give): string => `new_events as (
  insert into "intent_events" ("user_id", "intent_id", "at_ms", "name", "detail")
  select whose.user_id, intent, at_ms, name, detail::jsonb
  from whose, ${unnest(events, eventColumns, give)} as given (intent, at_ms, name, detail))`;

const entryColumns: Columns<ChainLink['entries'][number]> = [
  ['bigint', ({ seq }) => seq],
  ['bigint', ({ atMs }) => atMs],
  ['text', ({ action }) => action],
  ['text', ({ actor }) => actor],
  ['text', ({ sealedDetail }) => sealedDetail],
  ['text', ({ previousHash }) => previousHash],
  ['text', ({ hash }) => hash],
];

const insertEntries = ({ entries }: ChainLink, give: Give): string => `new_entries as (
  insert into "audit_entries" ("user_id", "seq", "at_ms", "action", "actor", "sealed_detail",
    "previous_hash", "hash")
  select whose.user_id, seq, at_ms, action, actor, sealed_detail, previous_hash, hash
  from whose, ${unnest(entries, entryColumns, give)}
    as given (seq, at_ms, action, actor, sealed_detail, previous_hash, hash))`;

const moveHead = ({ head }: ChainLink, give: Give): string => `new_head as (
  update "audit_heads" set "seq" = ${give(head.seq, 'bigint')}, "hash" = ${give(head.hash, 'text')}
  from whose where "audit_heads"."user_id" = whose.user_id)`;
