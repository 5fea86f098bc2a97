/**
 * Made-up prices, the same for the same seed: a random walk that is drawn back to where it began.
 *
 * They are called simulated wherever they show. The market's time has no weekends: five days make
 * a week, and from Friday to Monday price jumps, so that a gap is met every five days and practice
 * is possible on all seven.
 */
import { draw } from '#core/execution/broker/slippage.ts';
import type { PaperQuote } from './paper-book.ts';
import { isOpenAt, isOpenInWeek, spreadFactorAt } from './paper-hours.ts';
import { pointOf, snapPrice } from './paper-money.ts';
import type { PaperTerms } from './paper-terms.ts';
import type { PaperSymbol } from './paper-symbols.ts';

export interface GeneratorState {
  readonly kind: 'generator';
  readonly seed: number;
  /** Milliseconds of practice: five days a week. */
  readonly practiceMs: number;
  readonly draws: number;
  readonly middles: Readonly<Record<string, number>>;
}

export interface Generated {
  readonly state: GeneratorState;
  readonly marketMs: number;
  /** None while the market is closed. */
  readonly quotes: readonly PaperQuote[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** After it began, at least. */
const OPEN_MS = 30 * MINUTE_MS;
/** Day 0 of the epoch was a Thursday, day 4 the first Monday. */
const FIRST_MONDAY = 4;
/** Of a price, in the square root of a day. */
const DAILY = 0.006;
/** How much of the way back it goes in a day. */
const PULL = 0.2;
/** A pause moves price no further than this much time would. */
const MOST_MS = DAY_MS / 2;

/**
 * Begins on the weekday and at the time of day that it is, on a Monday at weekends; where the market
 * is closed then, or closes soon, at its next opening: whoever has just come can trade.
 */
export function newGenerator(seed: number, serverMs: number): GeneratorState {
  const day = Math.floor(serverMs / DAY_MS);
  const weekday = (((day - FIRST_MONDAY) % 7) + 7) % 7;
  let practiceMs = (weekday < 5 ? weekday : 0) * DAY_MS + (serverMs - day * DAY_MS);
  while (!isOpenFor(OPEN_MS, practiceMs)) practiceMs += MINUTE_MS;
  return { kind: 'generator', seed, practiceMs, draws: 0, middles: {} };
}

function isOpenFor(ms: number, practiceMs: number): boolean {
  const marketMs = marketTime({ practiceMs });
  // In practice time two closings are days apart.
  return isOpenInWeek(marketMs) && isOpenInWeek(marketMs + ms);
}

export function marketTime({ practiceMs }: Pick<GeneratorState, 'practiceMs'>): number {
  const day = Math.floor(practiceMs / DAY_MS);
  const onCalendar = FIRST_MONDAY + 7 * Math.floor(day / 5) + (day % 5);
  return onCalendar * DAY_MS + (practiceMs - day * DAY_MS);
}

/** `passedMs` of practice later. */
export function generate(
  state: GeneratorState,
  symbols: readonly PaperSymbol[],
  after: {
    readonly passedMs: number;
    readonly volatility: number;
    readonly terms: PaperTerms;
  },
): Generated {
  const { passedMs, volatility, terms } = after;
  const before = marketTime(state);
  const practiceMs = state.practiceMs + passedMs;
  const marketMs = marketTime({ practiceMs });
  if (!isOpenAt({ terms, marketMs })) {
    return { state: { ...state, practiceMs }, marketMs, quotes: [] };
  }
  const days = Math.min(marketMs - before, MOST_MS) / DAY_MS;
  let { draws } = state;
  const middles: Record<string, number> = { ...state.middles };
  const quotes = symbols.map((symbol): PaperQuote => {
    const { firstPrice, spreadPoints } = symbol;
    const middle = middles[symbol.symbol] ?? firstPrice;
    const shock = bell(state.seed, ++draws) * DAILY * volatility * Math.sqrt(days);
    const pull = (PULL * days * (firstPrice - middle)) / firstPrice;
    const next = middle * (1 + shock + pull);
    middles[symbol.symbol] = next;
    const half = (spreadPoints * spreadFactorAt(marketMs) * pointOf(symbol)) / 2;
    const bid = Math.max(pointOf(symbol), snapPrice(symbol, next - half));
    return { symbol: symbol.symbol, bid, ask: snapPrice(symbol, Math.max(bid, next + half)) };
  });
  return { state: { ...state, practiceMs, draws, middles }, marketMs, quotes };
}

/** About normal, of variance 1: four even draws. */
function bell(seed: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < 4; k++) sum += draw(seed, n, k) - 0.5;
  return sum * Math.sqrt(3);
}
