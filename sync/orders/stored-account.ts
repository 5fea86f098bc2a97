/** Reads an account's row, and keeps it from all others until the transaction ends. */
import { sql } from 'drizzle-orm';
import type { BrokerAccount } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { RiskLimits } from '#core/risk/limits.ts';
import type { AccountKind, AccountState, TradingAccount } from './order-store.ts';
import type { Scope } from './postgres-store.ts';

interface Row {
  readonly kind: AccountKind;
  readonly state: AccountState;
  readonly halt_reason: string | null;
  readonly epoch: string;
  readonly session: string | null;
  readonly server_id: string | null;
  readonly bound_device: string | null;
  readonly bound_login: string | null;
  readonly bound_server: string | null;
  readonly limits: RiskLimits;
  readonly broker: BrokerAccount | null;
  readonly peak_equity: number;
  readonly cursor_server_ms: string;
  readonly cursor_deal: string;
  readonly reconciled_ms: string | null;
}

const text = `
  select kind, state, halt_reason, epoch, session, server_id, bound_device, bound_login,
    bound_server, limits, broker, peak_equity, cursor_server_ms, cursor_deal, reconciled_ms
  from "trading_accounts" where ("trading_accounts"."user_id" = $1 and
    "trading_accounts"."account_id" = $2) for update`;

/** Null where the person has no such account. */
export async function heldAccount({
  send,
  userId,
  accountId,
}: Scope): Promise<TradingAccount | null> {
  const [row] = await send<Row>({ text, values: [userId, accountId] });
  return row ? { accountId, ...asAccount(row) } : null;
}

function asAccount(row: Row): Omit<TradingAccount, 'accountId'> {
  const { bound_device: device, bound_login: login, bound_server: brokerServer } = row;
  const isBound = device !== null && login !== null && brokerServer !== null;
  return {
    kind: row.kind,
    state: row.state,
    haltReason: row.halt_reason,
    epoch: Number(row.epoch),
    session: row.session,
    serverId: row.server_id,
    bound: isBound ? { device, login, brokerServer } : null,
    limits: row.limits,
    broker: row.broker,
    peakEquity: row.peak_equity,
    dealCursor: { serverMs: Number(row.cursor_server_ms), deal: row.cursor_deal },
    reconciledMs: row.reconciled_ms === null ? null : Number(row.reconciled_ms),
  };
}

export async function instrumentsOf(
  { queries, userId, accountId }: Scope,
  symbols: readonly string[],
): Promise<readonly Instrument[]> {
  if (symbols.length === 0) return [];
  const found = await queries.execute<{ readonly instrument: Instrument }>(sql`
    select listed.instrument from "trading_accounts"
    cross join lateral jsonb_array_elements("trading_accounts"."instruments") as listed (instrument)
    where ("trading_accounts"."user_id" = ${userId} and
      "trading_accounts"."account_id" = ${accountId} and
      listed.instrument ->> 'symbol' = any(${sql.param(symbols)}::text[]))`);
  return found.map(({ instrument }) => instrument);
}
