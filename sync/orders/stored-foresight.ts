/**
 * All that a transaction is known to need, read in one statement behind the one that holds the
 * account: its book, what is open, the instruments, the request, and the end of the person's trail.
 */
import type { Instrument } from '#core/broker/instrument.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { ChainEnd } from '../audit/audit-trail.ts';
import type { TxSource } from './gathered-tx.ts';
import type { Foreseen, HeldOrder, HeldPosition, KeptRequest } from './order-store.ts';
import type { Scope } from './postgres-store.ts';
import { intentOf, type IntentRow } from './stored-intents.ts';

export interface Foresight {
  readonly reads: Pick<TxSource, 'request' | 'openIntents' | 'positions' | 'orders'>;
  /** Null where one of the symbols was not foreseen. */
  instruments(symbols: readonly string[]): readonly Instrument[] | null;
  /** Held from now on. */
  readonly chainEnd: ChainEnd;
}

interface Row {
  readonly request: Omit<KeptRequest, 'requestId'> | null;
  readonly positions: readonly HeldPosition[] | null;
  readonly orders: readonly HeldOrder[] | null;
  readonly open: readonly IntentRow[] | null;
  readonly instruments: readonly Instrument[] | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  readonly sealed_key: string | null;
}

export async function foresee(scope: Scope, { requestId, symbols }: Foreseen): Promise<Foresight> {
  const row = await read(scope, requestId, symbols);
  const { head, sealed_key: sealedKey } = row;
  const [positions, orders] = [row.positions ?? [], row.orders ?? []];
  const open = (row.open ?? []).map((each) => intentOf(scope.accountId, each));
  const known = new Set([...symbols, ...[...positions, ...orders].map(({ symbol }) => symbol)]);
  return {
    chainEnd: { head, sealedKey },
    reads: {
      request: async (id) =>
        id === requestId && row.request ? { requestId, ...row.request } : null,
      openIntents: async (): Promise<readonly Intent[]> => open,
      positions: async () => positions,
      orders: async () => orders,
    },
    instruments: (wanted) =>
      wanted.every((symbol) => known.has(symbol))
        ? (row.instruments ?? []).filter(({ symbol }) => wanted.includes(symbol))
        : null,
  };
}

const ofAccount = (table: string) => `"${table}"."user_id" = $1 and "${table}"."account_id" = $2`;

const items = (kind: 'position' | 'order') =>
  `(select json_agg(facts order by item_id) from items where kind = '${kind}')`;

const text = `
  with items as materialized (
    select kind, item_id, facts from "broker_items" where (${ofAccount('broker_items')} and
      "broker_items"."kind" in ('position', 'order')) order by "broker_items"."item_id"
  )
  select (select json_build_object('bodyHash', body_hash, 'intentIds', to_json(intent_ids),
      'createdMs', created_ms) from "trade_requests"
    where ("trade_requests"."user_id" = $1 and "trade_requests"."request_id" = $3)) as request,
  ${items('position')} as positions, ${items('order')} as orders,
  (select json_agg(json_build_object('intent_id', intent_id, 'request_id', request_id,
      'state', state, 'body', body, 'facts', facts)) from "order_intents"
    where (${ofAccount('order_intents')} and "order_intents"."is_open")) as open,
  (select json_agg(listed.instrument) from "trading_accounts"
    cross join lateral jsonb_array_elements("trading_accounts"."instruments")
      as listed (instrument)
    where (${ofAccount('trading_accounts')} and
      (listed.instrument ->> 'symbol' = any($4::text[]) or
        listed.instrument ->> 'symbol' in (select facts ->> 'symbol' from items)))) as instruments,
  (select json_build_object('seq', seq, 'hash', hash) from (
    select seq, hash from "audit_heads" where "audit_heads"."user_id" = $1 for update
  ) as chain) as head,
  (select sealed_key from "user_keys" where "user_keys"."user_id" = $1) as sealed_key`;

async function read(
  { send, userId, accountId }: Scope,
  requestId: string,
  symbols: readonly string[],
): Promise<Row> {
  const [row] = await send<Row>({ text, values: [userId, accountId, requestId, symbols] });
  return row!;
}
