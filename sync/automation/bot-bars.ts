/** The bars of a running bot: caught up with at the beginning, then closed and opened one by one. */
import { barBuilder, type BotBar } from '#core/automation/bar-builder.ts';
import { isBotTimeframe, isWatching } from '#core/automation/bot.ts';
import type { Failure } from '#core/errors.ts';
import type { BotContext } from './bot-context.ts';
import { actOnOpen, decideOnClose } from './bot-decision.ts';
import { recoverOrders } from './bot-desk.ts';
import { ordersIn, toleranceMs } from './bot-orders.ts';
import { addBars, changeBot, markDecided, mostBarsOf, readBars, tellBots } from './bot-rows.ts';
import { pastBars } from './history.ts';

/** Bars of the past that a new bot asks its terminal for. */
const warmUpBars = 1_500;

export async function beginBars(context: BotContext): Promise<void> {
  const { options, bot, lengthMs, row } = context;
  context.rows = [...(await readBars(options.database, bot, mostBarsOf(row.setup.strategy)))];
  if (isWatching(context.row.state)) await catchUp(context);
  context.builder = barBuilder(lengthMs, context.rows.at(-1)?.openMs ?? -Infinity);
  await recover(context);
}

/** Bars that closed while nobody watched; nothing is traded on those. */
async function catchUp(context: BotContext): Promise<void> {
  const { options, lengthMs, row } = context;
  const nowMs = options.now();
  const isFresh = row.lastBarMs === null;
  const last = context.rows.at(-1)?.openMs ?? null;
  const missing = last === null ? warmUpBars : Math.floor((nowMs - last) / lengthMs) - 1;
  const count = isFresh ? Math.max(missing, warmUpBars - context.rows.length) : missing;
  if (count <= 0) return;
  const { symbol, timeframe } = row.setup;
  const past = await pastBars(options.live, { symbol, timeframe, count, nowMs });
  await add(context, past, 'history');
  if (isFresh) return;
  const detail = { missing, found: past.length };
  await context.tell({ level: 'warn', name: 'bars-missed', detail });
}

/** What was planned or under way when the one before ended. */
async function recover(context: BotContext): Promise<void> {
  const { options, bot, lengthMs, deciding, row } = context;
  if (!deciding) return context.stop('rules');
  const rows = await ordersIn(options.database, bot, ['planned', 'sending', 'waiting']);
  const { timeframe } = row.setup;
  const stillMs = lengthMs + (isBotTimeframe(timeframe) ? toleranceMs(timeframe) : 0);
  const isYoung = (barMs: number) => options.now() - barMs <= stillMs;
  const left = await recoverOrders(deciding, rows, ({ barMs }) => isYoung(barMs));
  const newest = left.at(-1);
  if (!newest || !isWatching(row.state)) return;
  Object.assign(context, { waiting: left, waitingMs: newest.barMs });
  context.waitsUntilMs = newest.barMs + stillMs;
  if (isOpenDue(context)) await openBar(context);
}

async function add(
  context: BotContext,
  bars: readonly BotBar[],
  source: 'history' | 'seen',
): Promise<void> {
  const { rows } = context;
  const last = rows.at(-1)?.openMs ?? -Infinity;
  const later = bars.filter(({ openMs }) => openMs > last);
  await addBars(context.options.database, context.bot, later, source);
  rows.push(...later);
  const most = mostBarsOf(context.row.setup.strategy);
  if (rows.length > most) rows.splice(0, rows.length - most);
}

/** Of a bar that was seen in part the terminal may know the whole. */
export async function closeBar(context: BotContext, bar: BotBar): Promise<void> {
  if (bar.openMs !== context.partMs) return closeWhole(context, bar);
  const { options, row } = context;
  const { symbol, timeframe } = row.setup;
  const asked = { symbol, timeframe, count: 2, nowMs: options.now() };
  const past = await pastBars(options.live, asked);
  const whole = past.find(({ openMs }) => openMs === bar.openMs);
  if (whole) return closeWhole(context, whole);
  await add(context, [bar], 'seen');
  if (bar.openMs >= row.firstBarMs) await passBar(context, bar, 'bar-late');
}

async function closeWhole(context: BotContext, bar: BotBar): Promise<void> {
  const { options, bot, deciding } = context;
  const { database } = options;
  await add(context, [bar], 'seen');
  await context.load();
  const { state, reason, firstBarMs } = context.row;
  if (!isWatching(state) || bar.openMs < firstBarMs) return;
  // Its code failed: it does nothing until somebody has looked.
  if (state === 'paused' && reason !== null) return void (await markLate(context, bar));
  const quote = options.quote(context.row.setup.symbol);
  if (!deciding || !quote) return passBar(context, bar, 'bar-late');
  const closed = await decideOnClose(deciding, context.rows, quote);
  if (closed.t === 'failed') return fail(context, bar, closed.failure);
  if (closed.t === 'late') return passBar(context, bar, 'bar-late');
  if (closed.t === 'over') return;
  if (closed.t === 'stop') return context.stop(`protection.${closed.by}`);
  if (closed.t === 'unsettled') return passBar(context, bar, 'fate-open');
  await markDecided(database, bot, bar.openMs, closed.t);
  await changeBot(database, bot, { lastBarMs: bar.openMs }, ['running', 'paused']);
  context.maxPositions = closed.maxPositions;
  if (!closed.waiting) return;
  context.waiting = await ordersIn(database, bot, ['waiting']);
  Object.assign(context, { waitingMs: bar.openMs, waitsUntilMs: Infinity });
  if (isOpenDue(context)) await openBar(context);
}

/** Rules fail for good; code may do better at another bar, once somebody has looked at it. */
async function fail(context: BotContext, bar: BotBar, failure: Failure): Promise<void> {
  const { code, detail: text, figures = {} } = failure;
  if (context.row.setup.strategy.language !== 'code') return context.stop('rules', { code });
  await markLate(context, bar);
  await context.pause(code, { ...figures, text });
}

function markLate({ options, bot }: BotContext, { openMs }: BotBar): Promise<boolean> {
  return markDecided(options.database, bot, openMs, 'late');
}

async function passBar(
  context: BotContext,
  bar: BotBar,
  name: 'bar-late' | 'fate-open',
): Promise<void> {
  await markLate(context, bar);
  await context.tell({ level: 'warn', name, detail: { barMs: bar.openMs } });
}

/** Whether the first price after the bar that orders wait on is there. */
export function isOpenDue({ options, row, waiting, waitingMs, lengthMs }: BotContext): boolean {
  const quote = waiting.length > 0 ? options.quote(row.setup.symbol) : null;
  return quote !== null && quote.timeMs >= waitingMs + lengthMs;
}

export async function openBar(context: BotContext): Promise<void> {
  const { options, bot, deciding, waiting } = context;
  context.waiting = [];
  if (waiting.length === 0 || !deciding) return;
  if (options.now() > context.waitsUntilMs) {
    await recoverOrders(deciding, waiting, () => false);
    return;
  }
  await context.load();
  if (isWatching(context.row.state)) await actOnOpen(deciding, waiting);
  await tellBots(options.database, bot);
}
