/** A bot at the paper broker in one process, its prices replayed as fast as they can be. */
import { waitsForOpen, type Ask, type EntryAsk } from '#core/automation/asks.ts';
import type { BotBook, BotOrder, BotTrip } from '#core/automation/bot-book.ts';
import { botTerms, gridOf, type BotTerms } from '#core/automation/bot-terms.ts';
import { entriesOfDeals } from '#core/automation/entries-of-deals.ts';
import { decide, type DeskMoment } from '#core/automation/decide.ts';
import { asPlaced, closedFor, isMet, mayOpen } from '#core/automation/entry-steps.ts';
import { onGrid } from '#core/automation/grid-signals.ts';
import { requestOf, ticketOf } from '#core/automation/requests.ts';
import { simulatedTrips } from '#core/automation/simulated-trips.ts';
import { lotsOf } from '#core/automation/size.ts';
import { botProgram } from '#core/automation/translatable.ts';
import { timedDeals } from '#core/automation/timed-deals.ts';
import { tripsOfDeals } from '#core/automation/trips-of-deals.ts';
import { upkeep } from '#core/automation/upkeep.ts';
import type { AccountMode } from '#core/broker/book.ts';
import type { Command } from '#core/broker/messages.ts';
import { serverZone } from '#core/broker/server-zone.ts';
import type { LevelGrid } from '#core/execution/level-grid.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Signals } from '#core/execution/signals.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import type { Program } from '#core/rules/program.ts';
import { hurtsLow } from '../../sync/terminals/paper/hurts-low.ts';
import { openPaperBroker, type PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { tradeOf } from '../../sync/terminals/paper/paper-commands.ts';
import { symbolsFor, termsOf } from '../../sync/terminals/paper/paper-terms.ts';
import { openReplay } from '../../sync/terminals/paper/price-replay.ts';

export interface Play {
  readonly bars: Bars;
  readonly source: string;
  readonly settings: RunSettings;
  readonly mode?: AccountMode;
  /** Of the symbol; missing = its decimals, and as near as may be. */
  readonly levels?: { readonly tickSize: number; readonly stopsLevelPoints: number };
}

export interface Played {
  readonly live: readonly BotTrip[];
  readonly simulated: readonly BotTrip[];
  readonly refused: readonly string[];
  /** Prices, stops and targets that were asked for. */
  readonly levels: readonly number[];
}

const barMs = 3_600_000;
const utc = serverZone({ offsetMs: 0, nowMs: 0 }, 'never');

/** What a strategy asks at the close of the last of the bars. */
export type Think = (moment: DeskMoment) => {
  readonly asks: readonly Ask[];
  readonly maxPositions: number | null;
};

/** Runs the strategy on the paper account, bar by bar, and in the engine over all bars at once. */
export function play(made: Play): Played {
  const { bars, source, settings, mode = 'hedging' } = made;
  const program = botProgram({ source, inputs: {}, settings }, mode);
  if (!program.ok) throw new Error(program.error.detail);
  const signals = (seen: Bars, terms: BotTerms) => signalsOf(program.value, seen, gridOf(terms));
  const { terms, ...live } = playLive(made, (moment) => {
    const own = signals(moment.bars, moment.terms);
    const asks = decide({ ...moment, signals: own });
    return { asks, maxPositions: own.plan?.maxPositions ?? null };
  });
  return { ...live, simulated: simulatedTrips(bars, signals(bars, terms), terms, { firstBar: 0 }) };
}

export interface PlayedLive extends Omit<Played, 'simulated'> {
  readonly terms: BotTerms;
}

/** Bar by bar on the paper account. */
export function playLive(
  { bars, settings, mode = 'hedging', levels }: Omit<Play, 'source'>,
  think: Think,
): PlayedLive {
  const stopsLevelPoints = levels?.stopsLevelPoints ?? 0;
  const broker = openPaperBroker({
    login: '77',
    serverMs: bars.timesMs[0]! - barMs,
    balance: settings.cash,
    terms: termsOf({ profile: 'exact', mode, currency: 'USD', leverage: 100 }),
    symbols: symbolsFor('exact', ['EURUSD']).map((symbol) => ({ ...symbol, stopsLevelPoints })),
  });
  const [offered] = broker.instruments();
  const { tickSize } = levels ?? offered!;
  const instrument = { ...offered!, tickSize, tickValue: tickSize * offered!.contractSize };
  const terms = botTerms(settings, instrument, settings.cash);
  const bot = paperBot(broker, { terms, capital: settings.cash, think });
  const replay = openReplay([{ symbol: 'EURUSD', kind: 'bars', bars }], 0, () => 0);
  for (let bar = 0; bar < bars.length; bar++) {
    for (let leg = 0; leg < 4; leg++) {
      broker.at(replay.nextMs()!);
      broker.step(replay.take((symbol) => hurtsLow(broker, symbol)));
      if (leg === 0) bot.open();
      bot.keepUp();
    }
    const seen = sliceBars(bars, 0, bar + 1);
    broker.at(seen.timesMs[bar]! + barMs - 1);
    bot.close(seen);
  }
  return { live: bot.trips(), refused: bot.refused, levels: bot.levels, terms };
}

/** On a prefix, so that what the bot decides by has nothing of later bars. */
function signalsOf(program: Program, bars: Bars, grid: LevelGrid): Signals {
  const steps = evaluateRules(program, bars, {});
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return onGrid(step.value.value, grid);
}

interface BotMade {
  readonly terms: BotTerms;
  readonly capital: number;
  readonly think: Think;
}

function paperBot(broker: PaperBroker, { terms, capital, think }: BotMade) {
  const asked = new Map<string, EntryAsk & { readonly barMs: number }>();
  const taken = new Map<string, readonly number[]>();
  const refused: string[] = [];
  const levels: number[] = [];
  const deals = () => timedDeals(broker.deals(), utc);
  let waiting: readonly Ask[] = [];
  let lastBarMs = 0;
  let magics = 0;
  let maxPositions: number | null = null;
  const quote = () => broker.quote('EURUSD')!;
  /** What the server reads of its rows: who asked for what is held, and how it began. */
  const begun = (position: string) => {
    const entry = entriesOfDeals(deals()).get(position)!;
    const ask = asked.get(entry.order)!;
    const { lots, atMs } = entry;
    const { stop, care } = ask;
    const held = { stop, lots, taken: taken.get(entry.order) ?? [] };
    return {
      entries: entry.entries,
      entryBarMs: ask.isFromClose ? ask.barMs : atMs,
      care: care ? { asked: care, ...held } : null,
    };
  };
  const book = (): BotBook => ({
    positions: broker.positions().map((held) => ({
      position: held.position,
      side: held.side === 'buy' ? 1 : -1,
      lots: held.volumeLots,
      entryMs: held.openedServerMs,
      entryPrice: held.openPrice,
      stop: held.sl,
      target: held.tp,
      ...begun(held.position),
    })),
    orders: broker.orders().map((held): BotOrder => {
      const ask = asked.get(held.order)!;
      const side = held.side === 'buy' ? 1 : -1;
      const kind = held.kind === 'stop-limit' ? 'stopLimit' : (held.kind as 'limit' | 'stop');
      const { order, price, limitPrice, volumeLots: lots } = held;
      const asks = {
        ...{ rule: ask.rule, group: ask.group, barMs: ask.barMs },
        expiryBars: ask.expiryBars ?? Infinity,
      };
      return { order, side, kind, lots, price, limitPrice, ...asks };
    }),
    trips: tripsOfDeals(deals()),
  });
  const trade = (command: Partial<Command> & { readonly t: Command['t'] }) => {
    const magic = String(++magics);
    const whole = { id: magic, attempt: 1, magic, untilMs: 0, comment: '', ...command } as Command;
    if ('sl' in whole) {
      const { price, limitPrice, sl, tp } = whole;
      levels.push(...[price, limitPrice, sl, tp].filter((level) => level !== null));
    }
    const request = tradeOf(broker, whole, 0);
    if (!request) return void refused.push(`${command.t} gone`);
    const { retcode, order } = broker.trade(request);
    if (retcode !== 10009) refused.push(`${command.t} ${retcode}`);
    return order;
  };
  const enter = (ask: EntryAsk) => {
    const { settings } = terms;
    if (ask.kind === 'market') {
      for (const held of closedFor(ask, book(), settings))
        send({ t: 'close', position: held.position });
      if (!mayOpen(ask, book(), settings)) return;
    }
    const now = book();
    const lots = lotsOf(ask, { terms, book: now, capital, quote: quote() });
    if (lots === 0) return;
    const facts = { terms, quote: quote(), lots, nowMs: broker.serverMs, barMs };
    const order = trade({ t: 'place', ...ticketOf(ask, facts) });
    if (order !== undefined) asked.set(order, { ...ask, barMs: lastBarMs });
  };
  const send = (ask: Exclude<Ask, EntryAsk>) => {
    const request = requestOf(ask, { id: '', accountId: '' });
    if (request.t === 'close') {
      const held = broker.positions().find((each) => each.position === request.position);
      if (!held) return;
      const { position } = held;
      const volumeLots = Math.min(request.volumeLots ?? Infinity, held.volumeLots);
      trade({ t: 'close', position, volumeLots, deviationPoints: 0, worstPrice: null });
      if (ask.t === 'close' && ask.part !== undefined) {
        const { order } = entriesOfDeals(deals()).get(position)!;
        taken.set(order, [...(taken.get(order) ?? []), ask.part]);
      }
    } else if (request.t === 'modify-position') {
      const { position, sl, tp } = request;
      const others = { price: null, limitPrice: null, lastsUntilMs: null };
      trade({ t: 'modify', target: { position }, sl, tp, ...others });
    } else if (request.t === 'cancel') trade({ t: 'cancel', order: request.order });
  };
  const settlePairs = () => {
    for (const order of broker.orders()) {
      const { group } = asked.get(order.order)!;
      if (group === null) continue;
      const isFilled = broker.historyOrders().some((ended) => {
        return (
          ended.order !== order.order &&
          asked.get(ended.order)?.group === group &&
          ended.state === 'filled'
        );
      });
      if (isFilled) send({ t: 'cancel', order: order.order });
    }
  };
  return {
    ...{ refused, levels },
    open() {
      const asks = waiting;
      waiting = [];
      for (const ask of asks) if (ask.t !== 'enter') send(ask);
      for (const ask of asks) if (ask.t === 'enter') enter(asPlaced(ask, quote(), gridOf(terms)));
    },
    keepUp() {
      settlePairs();
      for (const ask of upkeep(book(), terms.settings, maxPositions)) {
        if (ask.t !== 'enter') send(ask);
      }
    },
    close(bars: Bars) {
      lastBarMs = bars.timesMs[bars.length - 1]!;
      const thought = think({ terms, bars, book: book(), capital, quote: quote() });
      const { asks } = thought;
      maxPositions = thought.maxPositions;
      const { fill } = terms.settings;
      const waits = (ask: Ask) =>
        waitsForOpen(ask, fill) ||
        (ask.t === 'enter' && ask.kind !== 'market' && isMet(ask, quote()));
      waiting = asks.filter(waits);
      for (const ask of asks) {
        if (waits(ask)) continue;
        if (ask.t === 'enter') enter(ask);
        else send(ask);
      }
    },
    trips: () => tripsOfDeals(deals()),
  };
}
