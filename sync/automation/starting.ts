/** Starts a bot: everything that could go wrong with it later is refused before it begins. */
import { eq, inArray } from 'drizzle-orm';
import { barLengthMs, isBotTimeframe, type BotSetup } from '#core/automation/bot.ts';
import { botTerms } from '#core/automation/bot-terms.ts';
import type { BotBar } from '#core/automation/bar-builder.ts';
import type { Language } from '#core/collections/strategy.ts';
import type { BotLimits } from '#core/automation/bot-limits.ts';
import type { Protection } from '#core/automation/protections.ts';
import { botProgram, notAtBroker } from '#core/automation/translatable.ts';
import type { BrokerAccount } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import type { Failure } from '#core/errors.ts';
import { parseSettings } from '#core/execution/settings.ts';
import type { WireBars } from '#core/market/wire-bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeFailure } from '#workers/code/api.ts';
import { record, withOwnAccount } from '../auth/account-work.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { bots } from '../schema/bots.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { readAccount } from '../terminals/account-row.ts';
import { withoutAccount, type TraderContext } from '../terminals/trader-context.ts';
import { addBars, addBotEvent, findBot, tellBots } from './bot-rows.ts';

export interface Starting {
  /** The device's own: the same again starts nothing twice. */
  readonly botId: string;
  readonly accountId: string;
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly strategy: {
    readonly name: string;
    readonly strategyId: string | null;
    readonly language?: Language | undefined;
    readonly source: string;
    readonly inputs: Readonly<Record<string, number>>;
    /** As a settings file has them. */
    readonly settings: unknown;
  };
  /** Null = the account's equity. */
  readonly capital: number | null;
  readonly limits: BotLimits;
  readonly protections: readonly Protection[];
  /** Closed bars of the past that the device has, for indicators that look back. */
  readonly history: WireBars | null;
  /** The trader knows that it is real money. */
  readonly isReal: boolean;
}

export type Started = Result<{ readonly botId: string }, Failure>;

const mostBots = 50;

export async function startBot(ctx: TraderContext, input: Starting): Promise<Started> {
  const { language, source, inputs } = input.strategy;
  if (language === 'code') {
    // Before anything is held: it may take a while.
    const checked = await ctx.services.codeThreads.check(ctx.userId, { source, inputs });
    if (!checked.ok) return fail(placed(checked.error));
  }
  return withOwnAccount(ctx, async ({ queries }): Promise<Started> => {
    const { userId } = ctx;
    const { botId, accountId, symbol } = input;
    const before = await findBot(queries, { userId, botId });
    if (before) return before.accountId === accountId ? ok({ botId }) : fail(differs);
    const account = await readAccount(queries, userId, accountId);
    if (!account || account.state === 'revoked') return withoutAccount;
    const { broker } = account;
    if (!broker) return fail({ code: 'trade.account-unready', detail: 'It was never heard.' });
    if (account.kind !== 'paper' && !broker.isDemo && !input.isReal) {
      return fail({ code: 'bot.real-unconfirmed', detail: 'Real money has to be confirmed.' });
    }
    const instrument = await instrumentOf(queries, input, userId);
    if (!instrument) return fail(unknown(symbol));
    const taken = await standingInTheWay(queries, userId, input, broker);
    if (taken) return fail(taken);
    const made = setupOf(input, broker, instrument);
    if (!made.ok) return made;
    await keep(ctx, queries, input, made.value);
    return ok({ botId });
  });
}

/** With the first place in the text that is named. */
function placed({ code, detail, figures, problems }: CodeFailure): Failure {
  const [first] = problems ?? [];
  const place = first && { line: first.line, column: first.column };
  return { code, detail, figures: { ...figures, ...place } };
}

const differs: Failure = {
  code: 'trade.request-differs',
  detail: 'This id was used for another bot.',
};

const unknown = (symbol: string): Failure => ({
  code: 'trade.symbol-unknown',
  detail: 'The broker has no such symbol.',
  figures: { symbol },
});

async function instrumentOf(
  queries: Queries,
  { accountId, symbol }: Starting,
  userId: string,
): Promise<Instrument | undefined> {
  const where = eq(tradingAccounts.accountId, accountId);
  const row = await ownRows(queries, userId).one(tradingAccounts, { where });
  return row?.instruments.find((each) => each.symbol === symbol);
}

/** On a netting account a symbol has one position, which two bots cannot share. */
async function standingInTheWay(
  queries: Queries,
  userId: string,
  { accountId, symbol }: Starting,
  { mode }: BrokerAccount,
): Promise<Failure | null> {
  const where = inArray(bots.state, ['running', 'paused']);
  const others = await ownRows(queries, userId).read(bots, { where, limit: mostBots });
  if (others.length >= mostBots) {
    const detail = `At most ${mostBots} bots at a time.`;
    return { code: 'account.too-many', detail, figures: { most: mostBots } };
  }
  const isTaken = others.some(
    (other) => other.accountId === accountId && other.setup.symbol === symbol,
  );
  if (mode !== 'netting' || !isTaken) return null;
  return { code: 'bot.symbol-taken', detail: 'Another bot has it.', figures: { symbol } };
}

interface Made {
  readonly setup: BotSetup;
  readonly terms: ReturnType<typeof botTerms>;
}

function setupOf(
  input: Starting,
  broker: BrokerAccount,
  instrument: Instrument,
): Result<Made, Failure> {
  const { name, accountId, symbol, timeframe, strategy, limits, protections } = input;
  if (!isBotTimeframe(timeframe)) {
    const detail = 'A bot cannot trade bars of this length.';
    return fail({ code: 'bot.timeframe', detail, figures: { timeframe } });
  }
  const parsed = parseSettings(strategy.settings);
  if (!parsed.ok) return parsed;
  const capital = input.capital ?? broker.equity;
  if (!(capital > 0)) {
    return fail({ code: 'risk.equity', detail: 'There is nothing to trade with.' });
  }
  const terms = botTerms({ ...parsed.value.settings, cash: capital }, instrument, capital);
  const { language = 'rules' } = strategy;
  const copy = { ...strategy, language, settings: terms.settings };
  const refused = language === 'code' ? notAtBroker(terms.settings, broker.mode) : null;
  if (refused) return fail(refused);
  const program = language === 'rules' ? botProgram(copy, broker.mode) : null;
  if (program && !program.ok) return program;
  const setup = {
    ...{ name, accountId, symbol, timeframe, strategy: copy },
    ...{ capital, limits, protections },
  };
  return ok({ setup, terms });
}

async function keep(
  ctx: TraderContext,
  queries: Parameters<typeof record>[1],
  input: Starting,
  { setup, terms }: Made,
): Promise<void> {
  const { userId, nowMs } = ctx;
  const { botId, accountId, name, symbol, timeframe } = input;
  const bot = { userId, botId };
  const lengthMs = isBotTimeframe(timeframe) ? barLengthMs(timeframe) : 0;
  // The bar that is under way was not seen from its beginning.
  const firstBarMs = (Math.floor(nowMs / lengthMs) + 1) * lengthMs;
  await ownRows(queries, userId).add(bots, {
    ...{ botId, accountId, name, state: 'running', setup, terms, firstBarMs },
    ...{ createdMs: nowMs, changedMs: nowMs },
  });
  const past = historyOf(input.history, lengthMs, nowMs);
  await addBars(queries, bot, past, 'history');
  const detail = { symbol, timeframe, bars: past.length };
  await addBotEvent(queries, bot, { level: 'info', name: 'started', detail, atMs: nowMs });
  await record(ctx, queries, userId, 'bot.started', {
    ...{ botId, accountId, name, symbol, timeframe, strategy: setup.strategy.name },
  });
  await tellBots(queries, { userId, accountId });
}

/** Closed bars of the timeframe's own grid; others could not go on with those that are built. */
function historyOf(history: WireBars | null, lengthMs: number, nowMs: number): readonly BotBar[] {
  if (!history) return [];
  const bars = history.timesMs.map((openMs, i) => ({
    openMs,
    open: history.open[i]!,
    high: history.high[i]!,
    low: history.low[i]!,
    close: history.close[i]!,
    volume: history.volume?.[i] ?? 0,
  }));
  return bars.filter(({ openMs }, i) => {
    const isRising = i === 0 || openMs > bars[i - 1]!.openMs;
    return isRising && openMs % lengthMs === 0 && openMs + lengthMs <= nowMs;
  });
}
