/** What a trader does with alerts: sets and changes them, pauses them and takes them away. */
import { and, desc, eq, ne } from 'drizzle-orm';
import { alertProgram } from '#core/alerts/alert-rule.ts';
import {
  isOver,
  mostAlerts,
  symbolOf,
  type AlertState,
  type AlertTerms,
} from '#core/alerts/alert.ts';
import type { AlertView } from '#core/alerts/alert-views.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { record, withOwnAccount, type AccountWork } from '../auth/account-work.ts';
import { ownRows } from '../database/own-rows.ts';
import { alerts } from '../schema/alerts.ts';
import { bots } from '../schema/bots.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { withoutAccount, type TraderContext } from '../terminals/trader-context.ts';
import { readFacts, sideNow } from './account-facts.ts';
import { tooMany, whyNoRoom } from './alert-room.ts';
import { tellInbox, tellWatchers, type AlertRow } from './alert-rows.ts';

export interface AlertSetting extends AlertTerms {
  /** The device's own: the same again changes the one that there is. */
  readonly alertId: string;
  readonly accountId: string;
}

const withoutAlert: Result<never, Failure> = fail({
  code: 'alert.missing',
  detail: 'There is no such alert.',
});

export async function listAlerts(ctx: TraderContext): Promise<readonly AlertView[]> {
  const rows = await ownRows(ctx.services.database, ctx.userId).read(alerts, {
    orderBy: [desc(alerts.createdMs)],
    limit: mostAlerts,
  });
  return rows.map((row) => shown(row, ctx.nowMs));
}

function shown(row: AlertRow, nowMs: number): AlertView {
  const { alertId, accountId, condition, repeat, pauseMs, untilMs, channels, note } = row;
  const terms = { condition, repeat, pauseMs, untilMs, channels, note };
  const { fired, lastFiredMs, createdMs } = row;
  // Where no server holds the terminal, nobody has written down that its time is over.
  const state = row.state === 'on' && isOver(row, nowMs) ? 'done' : row.state;
  return { alertId, accountId, ...terms, state, fired, lastFiredMs, createdMs };
}

/** Sets it, or changes it and waits anew. */
export async function setAlert(
  ctx: TraderContext,
  setting: AlertSetting,
): Promise<Result<{ readonly alertId: string }, Failure>> {
  const { alertId, accountId } = setting;
  const { nowMs, userId } = ctx;
  return withOwnAccount(ctx, async (account) => {
    const refused = await whyNot(account, setting, nowMs);
    if (refused) return fail(refused);
    const { rows, queries } = account;
    const isThis = eq(alerts.alertId, alertId);
    const before = await rows.one(alerts, { where: isThis, lock: 'update' });
    const { condition, repeat, pauseMs, untilMs, note } = setting;
    const terms = { accountId, condition, repeat, pauseMs, untilMs, note };
    const side = await sideOfNow(ctx, account, setting);
    const state: AlertState = 'on';
    const fresh = { ...terms, channels: [...setting.channels], state, changedMs: nowMs };
    if (before) {
      const revision = before.revision + 1;
      await rows.change(alerts, { ...fresh, revision, side, lastFiredMs: null }, isThis);
      if (before.accountId !== accountId) await tellWatchers(queries, before.accountId);
    } else await rows.add(alerts, { ...fresh, side, alertId, createdMs: nowMs });
    await record(ctx, queries, userId, before ? 'alert.changed' : 'alert.set', {
      ...{ alertId, accountId, kind: condition.t },
    });
    await tellWatchers(queries, accountId);
    await tellInbox(queries, userId);
    return ok({ alertId });
  });
}

async function sideOfNow(
  { services, userId }: TraderContext,
  { queries }: AccountWork,
  { accountId, condition }: Pick<AlertSetting, 'accountId' | 'condition'>,
) {
  const symbol = symbolOf(condition);
  const quote = symbol === null ? null : services.terminals.quoteOf(accountId, symbol);
  const isFigure = condition.t === 'account';
  const facts = isFigure ? await readFacts(queries, { userId, accountId }) : null;
  return sideNow(condition, { bid: quote?.bid ?? null, facts });
}

async function whyNot(
  { rows }: AccountWork,
  { alertId, accountId, condition, untilMs }: AlertSetting,
  nowMs: number,
): Promise<Failure | null> {
  const account = await rows.one(tradingAccounts, {
    where: and(eq(tradingAccounts.accountId, accountId), ne(tradingAccounts.state, 'revoked')),
  });
  if (!account) return withoutAccount.ok ? null : withoutAccount.error;
  if (untilMs !== null && untilMs <= nowMs) {
    return { code: 'trade.time-past', detail: 'It would be over before it began.' };
  }
  const symbol = symbolOf(condition);
  const { instruments } = account;
  // Of a terminal that was never heard nobody knows its symbols.
  if (symbol !== null && instruments.length > 0 && !instruments.some((i) => i.symbol === symbol)) {
    const detail = 'The broker has no such symbol.';
    return { code: 'trade.symbol-unknown', detail, figures: { symbol } };
  }
  if (condition.t === 'rule') {
    const program = alertProgram(condition.source);
    if (!program.ok) return program.error;
  }
  if (condition.t === 'bot' && condition.botId !== null) {
    const where = and(eq(bots.botId, condition.botId), eq(bots.accountId, accountId));
    if (!(await rows.one(bots, { where }))) {
      return { code: 'bot.missing', detail: 'There is no such bot on this account.' };
    }
  }
  const others = (await rows.read(alerts)).filter((each) => each.alertId !== alertId);
  if (others.length >= mostAlerts) return tooMany(mostAlerts);
  return whyNoRoom(others, { accountId, condition }, nowMs);
}

/** Waits, or does not; one that is done waits anew. */
export async function switchAlert(
  ctx: TraderContext,
  { alertId, isOn }: { readonly alertId: string; readonly isOn: boolean },
): Promise<Result<{ readonly state: 'on' | 'paused' }, Failure>> {
  const { nowMs, userId } = ctx;
  return withOwnAccount(ctx, async (account) => {
    const { rows, queries } = account;
    const isThis = eq(alerts.alertId, alertId);
    const row = await rows.one(alerts, { where: isThis, lock: 'update' });
    if (!row) return withoutAlert;
    const state = isOn ? 'on' : 'paused';
    const isLate = row.untilMs !== null && row.untilMs <= nowMs;
    if (isOn && isLate) {
      return fail({ code: 'trade.time-past', detail: 'Its time is over: change that first.' });
    }
    if (row.state === state) return ok({ state });
    const others = isOn ? await rows.read(alerts, { where: ne(alerts.alertId, alertId) }) : [];
    const refused = whyNoRoom(others, row, nowMs);
    if (refused) return fail(refused);
    const side = isOn ? await sideOfNow(ctx, account, row) : null;
    const anew = { revision: row.revision + 1, side, lastFiredMs: null, changedMs: nowMs };
    await rows.change(alerts, { state, ...(isOn && anew) }, isThis);
    const { accountId } = row;
    const action = isOn ? 'alert.changed' : 'alert.paused';
    await record(ctx, queries, userId, action, { alertId, accountId, kind: row.condition.t });
    await tellWatchers(queries, accountId);
    await tellInbox(queries, userId);
    return ok({ state });
  });
}

/** What it told stays in the inbox. */
export async function removeAlert(
  ctx: TraderContext,
  alertId: string,
): Promise<Result<{ readonly removed: true }, Failure>> {
  const { userId } = ctx;
  return withOwnAccount(ctx, async ({ rows, queries }) => {
    const isThis = eq(alerts.alertId, alertId);
    const row = await rows.one(alerts, { where: isThis, lock: 'update' });
    if (!row) return withoutAlert;
    const { accountId, condition } = row;
    await rows.remove(alerts, isThis);
    await record(ctx, queries, userId, 'alert.removed', { alertId, accountId, kind: condition.t });
    await tellWatchers(queries, accountId);
    await tellInbox(queries, userId);
    return ok({ removed: true });
  });
}
