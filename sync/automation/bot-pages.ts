/** Bots as pages show them: the list, one of them, its log, and its drift from a backtest. */
import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { barsOf } from '#core/automation/bar-builder.ts';
import { cents, type BotTrip } from '#core/automation/bot-book.ts';
import { gridOf } from '#core/automation/bot-terms.ts';
import { dayResult } from '#core/automation/bot-limits.ts';
import { barLengthMs, isBotTimeframe } from '#core/automation/bot.ts';
import type { BotDetail, BotDrift, BotEventView, BotView } from '#core/automation/bot-views.ts';
import { driftOf } from '#core/automation/drift.ts';
import { simulatedTrips } from '#core/automation/simulated-trips.ts';
import { botProgram } from '#core/automation/translatable.ts';
import type { Failure } from '#core/errors.ts';
import type { CareTime } from '#core/execution/broker/state.ts';
import type { Zone } from '#core/market/zone.ts';
import { ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import { botBars, botEvents, botOrders, bots } from '../schema/bots.ts';
import { readAccount, type StoredHealth } from '../terminals/account-row.ts';
import type { TraderContext } from '../terminals/trader-context.ts';
import { readBotBook, type HeldBook } from './bot-book.ts';
import { signalsOf } from './brain.ts';
import { brokerClock } from './broker-clock.ts';
import { driftFacts } from './drift-facts.ts';
import { findBot, mostBarsOf, readBars, type BotRow, type KeptBar } from './bot-rows.ts';
import { withoutBot } from './steering.ts';

const mostShown = 100;
const mostTrips = 200;
const pageEvents = 50;

export async function listBots(ctx: TraderContext): Promise<readonly BotView[]> {
  const rows = await ownRows(ctx.services.database, ctx.userId).read(bots, {
    orderBy: [sql`${bots.state} in ('running', 'paused') desc`, desc(bots.createdMs)],
    limit: mostShown,
  });
  const views: BotView[] = [];
  for (const row of rows) views.push((await shown(ctx, row)).view);
  return views;
}

export async function oneBot(
  ctx: TraderContext,
  botId: string,
): Promise<Result<BotDetail, Failure>> {
  const row = await findBot(ctx.services.database, { userId: ctx.userId, botId });
  if (!row) return withoutBot;
  const { view, book } = await shown(ctx, row);
  let money = row.setup.capital;
  const equity = book.trips.map(({ exitMs, profit }) => {
    money = cents(money + profit);
    return { atMs: exitMs, money };
  });
  return ok({ ...view, latestTrips: book.trips.slice(-mostTrips), equity: equity.slice(-1_000) });
}

interface Shown {
  readonly view: BotView;
  readonly book: HeldBook;
}

async function shown(ctx: TraderContext, row: BotRow): Promise<Shown> {
  const { database } = ctx.services;
  const { userId, nowMs } = ctx;
  const { botId, accountId, name, state, reason, isEnding, setup, lastBarMs, createdMs } = row;
  const account = await readAccount(database, userId, accountId);
  const book = await readBotBook(database, { userId, botId, accountId }, clockOf(account, nowMs));
  const [event] = await readEvents(ctx, botId, undefined, 1);
  const view: BotView = {
    ...{ botId, name, state, reason, isEnding, setup, lastBarMs, createdMs },
    isSimulated: account?.kind === 'paper' || account?.broker?.isDemo === true,
    currency: account?.broker?.currency ?? null,
    positions: book.positions,
    workingOrders: book.orders.length,
    trips: book.trips.length,
    profit: sumOf(book.trips),
    dayProfit: cents(dayResult(book.trips, nowMs)),
    differences: await countDifferences(ctx, row),
    lastEvent: event ?? null,
  };
  return { view, book };
}

const sumOf = (trips: readonly BotTrip[]): number =>
  cents(trips.reduce((sum, { profit }) => sum + profit, 0));

type Account = Awaited<ReturnType<typeof readAccount>>;

const clockOf = (account: Account, nowMs: number): Zone =>
  brokerClock(account?.health as StoredHealth | null | undefined, nowMs);

/** Bars that were not acted on, and orders that a backtest would have had. */
async function countDifferences(
  { services, userId }: TraderContext,
  { botId, firstBarMs, lastBarMs }: BotRow,
): Promise<number> {
  const { database } = services;
  const [bars] = await database
    .select({ count: sql<string>`count(*)` })
    .from(botBars)
    .where(
      and(
        eq(botBars.userId, userId),
        eq(botBars.botId, botId),
        gte(botBars.openMs, firstBarMs),
        lt(botBars.openMs, lastBarMs ?? firstBarMs),
        sql`coalesce(${botBars.decided}, 'late') = 'late'`,
      ),
    );
  const [orders] = await database
    .select({ count: sql<string>`count(*)` })
    .from(botOrders)
    .where(
      and(
        eq(botOrders.userId, userId),
        eq(botOrders.botId, botId),
        sql`${botOrders.state} in ('refused', 'missed')`,
      ),
    );
  return Number(bars?.count ?? 0) + Number(orders?.count ?? 0);
}

async function readEvents(
  { services, userId }: TraderContext,
  botId: string,
  before: number | undefined,
  limit: number,
): Promise<readonly BotEventView[]> {
  const rows = await ownRows(services.database, userId).read(botEvents, {
    where: and(
      eq(botEvents.botId, botId),
      before === undefined ? undefined : lt(botEvents.n, before),
    ),
    orderBy: [desc(botEvents.n)],
    limit,
  });
  return rows.map(({ n, atMs, level, name, detail }) => ({ n, atMs, level, name, detail }));
}

export async function botLog(
  ctx: TraderContext,
  { botId, before }: { readonly botId: string; readonly before?: number | undefined },
): Promise<
  Result<{ readonly events: readonly BotEventView[]; readonly before: number | null }, Failure>
> {
  if (!(await findBot(ctx.services.database, { userId: ctx.userId, botId }))) return withoutBot;
  const events = await readEvents(ctx, botId, before, pageEvents);
  const last = events.length === pageEvents ? (events.at(-1)?.n ?? null) : null;
  return ok({ events, before: last });
}

/** The strategy in the engine on the bars that the bot saw, beside what the bot did. */
export async function botDrift(
  ctx: TraderContext,
  botId: string,
): Promise<Result<BotDrift, Failure>> {
  const { database } = ctx.services;
  const { userId } = ctx;
  const row = await findBot(database, { userId, botId });
  if (!row) return withoutBot;
  const { setup, terms, accountId, firstBarMs } = row;
  const rows = await readBars(database, { userId, botId }, mostBarsOf(setup.strategy));
  const firstBar = rows.findIndex(({ openMs }) => openMs >= firstBarMs);
  const account = await readAccount(database, userId, accountId);
  const book = await readBotBook(
    database,
    { userId, botId, accountId },
    clockOf(account, ctx.nowMs),
  );
  const own = firstBar === -1 ? [] : rows.slice(firstBar);
  const about = {
    bars: own.length,
    lateBars: own.filter(isPassed).length,
    fromMs: own[0]?.openMs ?? null,
    toMs: own.at(-1)?.openMs ?? null,
  };
  const simulated = firstBar === -1 ? ok(nothing) : await simulate(ctx, row, { rows, firstBar });
  if (!simulated.ok) return simulated;
  const { trips, insideProfit } = simulated.value;
  const barMs = isBotTimeframe(setup.timeframe) ? barLengthMs(setup.timeframe) : 1;
  const facts = await driftFacts(database, { userId, botId, accountId }, rows);
  const report = driftOf({
    ...facts,
    ...{ simulated: trips, live: book.trips, barMs, pointSize: terms.pointSize },
    lotMoney: terms.contractSize * terms.rate,
  });
  return ok({ ...report, ...about, insideProfit });
}

/** Nothing was decided at its close: nobody watched, or not in time. */
function isPassed({ decided, openMs }: KeptBar, _: number, all: readonly KeptBar[]): boolean {
  // The newest is being decided on.
  return (decided ?? 'late') === 'late' && openMs !== all.at(-1)?.openMs;
}

interface Simulation {
  readonly trips: readonly BotTrip[];
  readonly insideProfit: number | null;
}

const nothing: Simulation = { trips: [], insideProfit: null };

async function simulate(
  { services, userId }: TraderContext,
  { setup, terms }: BotRow,
  { rows, firstBar }: { readonly rows: readonly KeptBar[]; readonly firstBar: number },
): Promise<Result<Simulation, Failure>> {
  const bars = barsOf(rows, terms.digits);
  const { source, inputs, language } = setup.strategy;
  const text = { source, inputs };
  if (language === 'code') {
    const trips = await services.codeThreads.trips(userId, { ...text, bars, firstBar, terms });
    return trips.ok ? ok({ trips: trips.value, insideProfit: null }) : trips;
  }
  const mode = terms.settings.positions === 'netting' ? 'netting' : 'hedging';
  const program = botProgram(setup.strategy, mode);
  if (!program.ok) return program;
  const signals = signalsOf(program.value, bars, inputs, gridOf(terms));
  if (!signals.ok) return signals;
  const { plan } = signals.value;
  const hasCare = plan && (plan.trailing ?? plan.breakEven ?? plan.partials[0]);
  const run = (care: CareTime) => simulatedTrips(bars, signals.value, terms, { firstBar, care });
  return ok({
    trips: run('atClose'),
    insideProfit: hasCare ? sumOf(run('inside')) : null,
  });
}
