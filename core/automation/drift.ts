/**
 * A bot's trips beside those of the backtest on the same bars, line by line, and what each
 * difference comes to in account money: the parts of a line add up to all of it.
 */
import type { BotTrip } from './bot-book.ts';

/** `same`: bar, price and result; `differs`: found on both sides; else on one of them alone. */
export type DriftKind = 'same' | 'differs' | 'missed' | 'extra';

/**
 * `spread`: the ask stood above the bid · `slippage`: filled off the quote · `waiting`: the quote
 * had moved since the bar · `volume`: other lots · `exit`: left at another price or time ·
 * `moved`: so at a stop that had been moved · `part`: so of a part that was taken ·
 * `commission`, `swap`: the broker's · `missed`, `extra`: the whole trip · `rounding`: cents.
 */
export const driftCauses = [
  ...(['spread', 'slippage', 'waiting', 'volume', 'exit', 'moved', 'part'] as const),
  ...(['commission', 'swap', 'missed', 'extra', 'rounding'] as const),
] as const;
export type DriftCause = (typeof driftCauses)[number];

export interface DriftLine {
  readonly kind: DriftKind;
  /** Opening of the bar that it was entered on. */
  readonly barMs: number;
  readonly simulated: BotTrip | null;
  readonly live: BotTrip | null;
  /** Bars that the bot entered after the backtest. */
  readonly laterBars: number;
  /** Points by which the entry and the exit were worse than the backtest's; less = better. */
  readonly entryPoints: number | null;
  readonly exitPoints: number | null;
  /** Account money by which the bot did better, by cause. */
  readonly money: Readonly<Partial<Record<DriftCause, number>>>;
  /** Why it was not traded, where the log knows: see `web/lib/bots/words.ts`. */
  readonly reason: string | null;
}

export interface DriftReport {
  readonly lines: readonly DriftLine[];
  readonly simulatedProfit: number;
  readonly liveProfit: number;
  readonly money: Readonly<Partial<Record<DriftCause, number>>>;
  readonly counts: Readonly<Record<DriftKind, number>>;
}

/** The quote that a deal of the bot was asked for at; null = it was the broker's own doing. */
export interface SentQuote {
  readonly bid: number;
  readonly ask: number;
}

export interface DriftFacts {
  readonly simulated: readonly BotTrip[];
  readonly live: readonly BotTrip[];
  readonly barMs: number;
  readonly pointSize: number;
  /** Account money of one price unit and one lot. */
  readonly lotMoney: number;
  quoteOf(trip: BotTrip, end: 'entry' | 'exit'): SentQuote | null;
  /** What an exit elsewhere is called of such a trip of the bot. */
  leftBy(trip: BotTrip): 'exit' | 'moved' | 'part';
  /** Why nothing was entered on the bar that opened then. */
  reasonAt(barMs: number, side: 1 | -1): string | null;
}

/** A trip entered at most so many bars later is still the same one. */
const mostLaterBars = 2;

export function driftOf(facts: DriftFacts): DriftReport {
  const left = facts.live.slice();
  const lines: DriftLine[] = [];
  for (const trip of facts.simulated) {
    const at = left.findIndex((live) => isSameTrip(facts, trip, live));
    const [live] = at === -1 ? [] : left.splice(at, 1);
    lines.push(live ? matched(facts, trip, live) : missed(facts, trip));
  }
  lines.push(...left.map((live) => extra(facts, live)));
  lines.sort((a, b) => a.barMs - b.barMs);
  return {
    lines,
    simulatedProfit: sumOf(facts.simulated),
    liveProfit: sumOf(facts.live),
    money: lines.reduce<Partial<Record<DriftCause, number>>>(added, {}),
    counts: countsOf(lines),
  };
}

const sumOf = (trips: readonly BotTrip[]): number =>
  trips.reduce((sum, { profit }) => sum + profit, 0);

const openingOf = ({ barMs }: DriftFacts, atMs: number): number => Math.floor(atMs / barMs) * barMs;

function isSameTrip(facts: DriftFacts, simulated: BotTrip, live: BotTrip): boolean {
  const later = laterBars(facts, simulated, live);
  return simulated.side === live.side && later >= 0 && later <= mostLaterBars;
}

function laterBars(facts: DriftFacts, simulated: BotTrip, live: BotTrip): number {
  const bars = openingOf(facts, live.entryMs) - openingOf(facts, simulated.entryMs);
  return Math.round(bars / facts.barMs);
}

function matched(facts: DriftFacts, simulated: BotTrip, live: BotTrip): DriftLine {
  const money = moneyOf(facts, simulated, live);
  const { side } = simulated;
  const points = (worse: number) => worse / facts.pointSize;
  const entryPoints = points(side * (live.entryPrice - simulated.entryPrice));
  const exitPoints = points(side * (simulated.exitPrice - live.exitPrice));
  const exitBars = openingOf(facts, live.exitMs) - openingOf(facts, simulated.exitMs);
  const later = laterBars(facts, simulated, live);
  const isSame =
    later === 0 &&
    exitBars === 0 &&
    isNothing(entryPoints) &&
    isNothing(exitPoints) &&
    Object.keys(money).length === 0;
  return {
    kind: isSame ? 'same' : 'differs',
    barMs: openingOf(facts, simulated.entryMs),
    ...{ simulated, live, money, laterBars: later },
    ...{ entryPoints: tidy(entryPoints), exitPoints: tidy(exitPoints), reason: null },
  };
}

const isNothing = (points: number): boolean => Math.abs(points) < 1e-6;
const tidy = (points: number): number => (isNothing(points) ? 0 : Number(points.toFixed(3)));

/** What of the difference each cause is; what remains are cents. */
function moneyOf(facts: DriftFacts, simulated: BotTrip, live: BotTrip): DriftLine['money'] {
  const { side, lots } = live;
  const worth = (worse: number) => -worse * lots * facts.lotMoney;
  const entry = facts.quoteOf(live, 'entry');
  const exit = facts.quoteOf(live, 'exit');
  const left = facts.leftBy(live);
  const parts: Partial<Record<DriftCause, number>> = {};
  const add = (cause: DriftCause, money: number) => (parts[cause] = (parts[cause] ?? 0) + money);
  if (entry) {
    const paid = side === 1 ? entry.ask : entry.bid;
    add('spread', worth(side === 1 ? entry.ask - entry.bid : 0));
    add('slippage', worth(side * (live.entryPrice - paid)));
    add('waiting', worth(side * (entry.bid - simulated.entryPrice)));
  } else add('waiting', worth(side * (live.entryPrice - simulated.entryPrice)));
  if (exit) {
    const got = side === 1 ? exit.bid : exit.ask;
    add('spread', worth(side === -1 ? exit.ask - exit.bid : 0));
    add('slippage', worth(side * (got - live.exitPrice)));
    add(left, worth(side * (simulated.exitPrice - exit.bid)));
  } else add(left, worth(side * (simulated.exitPrice - live.exitPrice)));
  const perLot = simulated.lots > 0 ? grossOf(simulated) / simulated.lots : 0;
  add('volume', (lots - simulated.lots) * perLot);
  add('commission', live.commission - simulated.commission);
  add('swap', live.swap - simulated.swap);
  const known = Object.values(parts).reduce((sum, money) => sum + money, 0);
  add('rounding', live.profit - simulated.profit - known);
  return withoutDust(parts);
}

const grossOf = ({ profit, commission, swap }: BotTrip): number => profit - commission - swap;

function withoutDust(parts: Partial<Record<DriftCause, number>>): DriftLine['money'] {
  const kept = Object.entries(parts).filter(([, money]) => Math.abs(money) > 1e-6);
  return Object.fromEntries(kept.map(([cause, money]) => [cause, Number(money.toFixed(6))]));
}

function missed(facts: DriftFacts, simulated: BotTrip): DriftLine {
  const barMs = openingOf(facts, simulated.entryMs);
  return {
    ...{ kind: 'missed', barMs, simulated, live: null, laterBars: 0 },
    ...{ entryPoints: null, exitPoints: null, money: { missed: -simulated.profit } },
    reason: facts.reasonAt(barMs, simulated.side),
  };
}

function extra(facts: DriftFacts, live: BotTrip): DriftLine {
  return {
    ...{ kind: 'extra', barMs: openingOf(facts, live.entryMs), simulated: null, live },
    ...{ laterBars: 0, entryPoints: null, exitPoints: null, money: { extra: live.profit } },
    reason: null,
  };
}

function added(
  sum: Partial<Record<DriftCause, number>>,
  { money }: DriftLine,
): Partial<Record<DriftCause, number>> {
  const all = { ...sum };
  for (const cause of driftCauses) {
    const part = money[cause];
    if (part !== undefined) all[cause] = (all[cause] ?? 0) + part;
  }
  return all;
}

function countsOf(lines: readonly DriftLine[]): DriftReport['counts'] {
  const count = (kind: DriftKind) => lines.filter((line) => line.kind === kind).length;
  return {
    same: count('same'),
    differs: count('differs'),
    missed: count('missed'),
    extra: count('extra'),
  };
}
