/** What a trader does with their trading accounts: makes, names, limits, halts and ends them. */
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { AuditAction } from '#core/identity/audit-actions.ts';
import { usualPaper, type PaperSettings } from '#core/broker/paper-settings.ts';
import type { AccountView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { usualLimits, type RiskLimits } from '#core/risk/limits.ts';
import { record, withOwnAccount, type AccountWork } from '../auth/account-work.ts';
import { ownRows } from '../database/own-rows.ts';
import { resumeAccount } from '../orders/session.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import { countAccounts, readAccount, readAccounts, viewOf } from './account-row.ts';
import { tellAccount, tellPages } from './notices.ts';
import { ordersOf, withoutAccount, type TraderContext } from './trader-context.ts';

const mostAccounts = 50;
/** A code is typed within this time, or it is worth nothing. */
export const pairingMs = 900_000;

type Made = Result<{ readonly accountId: string }, Failure>;
type Changed = Result<{ readonly changed: true }, Failure>;
const changed = ok({ changed: true as const });

export async function listAccounts(ctx: TraderContext): Promise<readonly AccountView[]> {
  const { database, terminals } = ctx.services;
  let rows = await readAccounts(database, ctx.userId);
  if (rows.length === 0 && ctx.signedIn.account.emailVerified && terminals.paperIsOffered) {
    await addFirstPaper(ctx);
    rows = await readAccounts(database, ctx.userId);
  }
  return rows.map((row) => viewOf(row, terminals.heard(row.accountId), ctx.nowMs));
}

const firstPaper = [
  ['Practice (hedging)', 'hedging'],
  ['Practice (netting)', 'netting'],
] as const;

async function addFirstPaper(ctx: TraderContext): Promise<void> {
  await withOwnAccount(ctx, async (held) => {
    // Two pages may ask at the same time.
    if ((await readAccounts(held.queries, ctx.userId)).length > 0) return ok(null);
    for (const [name, mode] of firstPaper) {
      await add(ctx, held, { name, kind: 'paper', settings: { paper: { ...usualPaper, mode } } });
    }
    return ok(null);
  });
}

export async function addPaper(
  ctx: TraderContext,
  input: Omit<PaperSettings, 'prices' | 'speed' | 'faults'> & { readonly name: string },
): Promise<Made> {
  if (!ctx.services.terminals.paperIsOffered) {
    return fail({ code: 'trade.paper-off', detail: 'This server runs no paper accounts.' });
  }
  const { name, ...terms } = input;
  const settings = { paper: { ...usualPaper, ...terms } };
  return adding(ctx, { name, kind: 'paper', settings });
}

export async function addExchange(
  ctx: TraderContext,
  input: Readonly<Record<'name' | 'exchange' | 'apiKey' | 'secret', string>>,
): Promise<Made> {
  const { name, exchange, apiKey, secret } = input;
  if (!ctx.services.terminals.exchanges.includes(exchange)) {
    return fail({ code: 'trade.exchange-unknown', detail: `No connector for ${exchange}.` });
  }
  return adding(ctx, { name, kind: 'exchange', settings: { exchange }, keys: { apiKey, secret } });
}

/** `code` is `<account id>.<token>`, to be typed into the terminal. */
export async function pairTerminal(
  ctx: TraderContext,
  name: string,
): Promise<
  Result<
    { readonly accountId: string; readonly code: string; readonly pairUntilMs: number },
    Failure
  >
> {
  const token = freshToken();
  const pairUntilMs = ctx.nowMs + pairingMs;
  const made = await adding(ctx, { name, kind: 'mt5', settings: {}, token, pairUntilMs });
  if (!made.ok) return made;
  const { accountId } = made.value;
  return ok({ accountId, code: `${accountId}.${token}`, pairUntilMs });
}

interface NewAccount {
  readonly name: string;
  readonly kind: 'mt5' | 'paper' | 'exchange';
  readonly settings: Readonly<Record<string, unknown>>;
  readonly token?: string;
  readonly keys?: { readonly apiKey: string; readonly secret: string };
  readonly pairUntilMs?: number;
}

async function adding(ctx: TraderContext, account: NewAccount): Promise<Made> {
  const made = await withOwnAccount(ctx, async (held): Promise<Made> => {
    if ((await countAccounts(held.queries, ctx.userId)) >= mostAccounts) {
      const detail = `At most ${mostAccounts} trading accounts.`;
      return fail({ code: 'account.too-many', detail, figures: { most: mostAccounts } });
    }
    return ok({ accountId: await add(ctx, held, account) });
  });
  return made;
}

/** The account's row has been locked: those made at the same time take turns. */
async function add(
  ctx: TraderContext,
  { queries, rows }: AccountWork,
  { name, kind, settings, token = freshToken(), keys, pairUntilMs }: NewAccount,
): Promise<string> {
  const accountId = randomUUID();
  const place = placeOf('tradingToken', { userId: ctx.userId, row: accountId });
  const secret = keys ? JSON.stringify({ token, ...keys }) : token;
  await rows.add(tradingAccounts, {
    accountId,
    name,
    kind,
    state: kind === 'mt5' ? 'pairing' : 'paired',
    sealedToken: ctx.services.vault.seal(secret, place),
    pairUntilMs: pairUntilMs ?? null,
    limits: usualLimits,
    settings,
    instruments: [],
    createdMs: ctx.nowMs,
  });
  await record(ctx, queries, ctx.userId, 'terminal.added', { name, kind, accountId });
  await tellAccount(queries, { accountId, what: 'changed' });
  await tellPages(queries, { userId: ctx.userId, accountId });
  return accountId;
}

/** 128 bits in digits that any terminal can type. */
function freshToken(): string {
  return randomBytes(16).toString('hex');
}

/** Names and limits are nothing to a connector. */
const whatConnectorsHear: Partial<Record<AuditAction, 'changed' | 'revoked'>> = {
  'terminal.changed': 'changed',
  'terminal.revoked': 'revoked',
};

type Row = NonNullable<Awaited<ReturnType<typeof readAccount>>>;

interface Change {
  readonly accountId: string;
  readonly action: AuditAction;
  /** Null refuses. */
  values(row: Row): PgUpdateSetSource<typeof tradingAccounts> | Failure | null;
  detail?(row: Row): Readonly<Record<string, string | number | boolean>>;
}

/** Changes a row while nobody else does, tells the trail, and all servers. */
async function changing(ctx: TraderContext, change: Change): Promise<Changed> {
  const { accountId, action } = change;
  return withOwnAccount(ctx, async ({ queries }): Promise<Changed> => {
    const row = await readAccount(queries, ctx.userId, accountId, 'update');
    if (!row || row.state === 'revoked') return withoutAccount;
    const values = change.values(row);
    if (values !== null && 'code' in values) return fail(values as Failure);
    if (values === null) return changed;
    const which = eq(tradingAccounts.accountId, accountId);
    await ownRows(queries, ctx.userId).change(tradingAccounts, values, which);
    const detail = { name: row.name, accountId, ...change.detail?.(row) };
    await record(ctx, queries, ctx.userId, action, detail);
    const what = whatConnectorsHear[action];
    if (what) await tellAccount(queries, { accountId, what });
    await tellPages(queries, { userId: ctx.userId, accountId });
    return changed;
  });
}

export function renameAccount(
  ctx: TraderContext,
  { accountId, name }: { readonly accountId: string; readonly name: string },
): Promise<Changed> {
  return changing(ctx, { accountId, action: 'terminal.renamed', values: () => ({ name }) });
}

/** The token dies with it: what was paired cannot come back. */
export function revokeAccount(ctx: TraderContext, accountId: string): Promise<Changed> {
  const { vault } = ctx.services;
  const place = placeOf('tradingToken', { userId: ctx.userId, row: accountId });
  return changing(ctx, {
    accountId,
    action: 'terminal.revoked',
    values: () => ({
      state: 'revoked',
      revokedMs: ctx.nowMs,
      sealedToken: vault.seal(freshToken(), place),
      session: null,
      serverId: null,
      leaseUntilMs: null,
      pairUntilMs: null,
    }),
  });
}

export function changeLimits(
  ctx: TraderContext,
  { accountId, limits }: { readonly accountId: string; readonly limits: RiskLimits },
): Promise<Changed> {
  return changing(ctx, {
    accountId,
    action: 'terminal.limits-changed',
    values: () => ({ limits }),
    detail: ({ limits: before }) => differences(before, limits),
  });
}

/** `riskRatio: '0.02 → 0.05'` of all that changed. */
function differences(before: RiskLimits, after: RiskLimits): Readonly<Record<string, string>> {
  const names = Object.keys(after) as (keyof RiskLimits)[];
  const moved = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(moved.map((name) => [name, `${before[name]} → ${after[name]}`]));
}

/** After another machine the next one is bound; after another login or broker nothing is. */
export async function endHalt(ctx: TraderContext, accountId: string): Promise<Changed> {
  const row = await readAccount(ctx.services.database, ctx.userId, accountId);
  if (!row || row.state === 'revoked') return withoutAccount;
  const resumed = await resumeAccount(ordersOf(ctx), accountId);
  return resumed.ok ? changed : resumed;
}

export function setPaper(
  ctx: TraderContext,
  input: Pick<PaperSettings, 'prices' | 'speed' | 'faults'> & { readonly accountId: string },
): Promise<Changed> {
  const { accountId, ...behaviour } = input;
  return changing(ctx, {
    accountId,
    action: 'terminal.changed',
    values: ({ kind, settings }) => {
      if (kind !== 'paper') {
        return { code: 'trade.account-missing', detail: 'This is no paper account.' };
      }
      const paper = (settings as { readonly paper?: PaperSettings }).paper ?? usualPaper;
      return { settings: { ...settings, paper: { ...paper, ...behaviour } } };
    },
    detail: () => ({ prices: behaviour.prices.kind, speed: behaviour.speed }),
  });
}
