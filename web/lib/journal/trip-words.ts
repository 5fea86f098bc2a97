/** Figures of round trips as people read them. */
import type { JournalTrip } from '#workers/journal/api.ts';
import { none, numberText, priceText, signedText } from '../words/numbers.ts';

/** `+1.25 R`. */
export function rText(r: number | null): string {
  return r === null ? none : `${signedText(r, 2)} R`;
}

/** `+12.50 USD`; without the currency where nobody told it. */
export function moneyText(value: number | null, currency: string | null): string {
  const text = signedText(value, 2);
  return value === null || currency === null ? text : `${text} ${currency}`;
}

/** From the finest: a unit and its digits. Money has two digits or none: one looks cut. */
const shorter: readonly (readonly [scale: number, unit: string, digits: number])[] = [
  ...([2, 0] as const).map((digits) => [1, '', digits] as const),
  ...([1, 0] as const).map((digits) => [1e3, 'k', digits] as const),
  ...([2, 1, 0] as const).map((digits) => [1e6, 'M', digits] as const),
  ...([2, 1, 0] as const).map((digits) => [1e9, 'B', digits] as const),
  ...([2, 1, 0] as const).map((digits) => [1e12, 'T', digits] as const),
];
const mostShort = 5;

/** In five characters as near as they can tell it, for a cell of a calendar: `+1.89M`. */
export function shortMoneyText(value: number): string {
  const texts = shorter.map(([scale, unit, digits]) => signedText(value / scale, digits) + unit);
  return texts.find((text) => text.length <= mostShort) ?? value.toExponential(0);
}

/** `▲`, `▼` or nothing: a colour alone must not say it. */
export function signMark(value: number): string {
  return value > 0 ? '▲ ' : value < 0 ? '▼ ' : '';
}

export function toneOf(value: number | null): 'up' | 'down' | undefined {
  return value === null || value === 0 ? undefined : value > 0 ? 'up' : 'down';
}

/** Digits that a price was told with; a mean of several prices has more than any of them. */
function digitsOf(price: number): number {
  const [, decimals = ''] = String(price).split('.');
  return decimals.length;
}
const mostDigits = 5;

/** By symbol, of the prices of these round trips. */
export function priceDigits(
  trips: readonly Pick<JournalTrip, 'symbol' | 'entryPrice' | 'exitPrice'>[],
): ReadonlyMap<string, number> {
  const digits = new Map<string, number>();
  for (const { symbol, entryPrice, exitPrice } of trips) {
    for (const price of [entryPrice, exitPrice]) {
      const told = price === null ? 0 : digitsOf(price);
      if (told <= mostDigits) digits.set(symbol, Math.max(digits.get(symbol) ?? 2, told));
    }
  }
  return digits;
}

export function tripPriceText(value: number | null, digits = mostDigits): string {
  return value === null ? none : priceText(value, digits);
}

export const outcomeOf = ({ closedMs, net }: Pick<JournalTrip, 'closedMs' | 'net'>): string =>
  closedMs === null ? 'open' : net > 0 ? 'won' : net < 0 ? 'lost' : 'even';

/** `62 % of 40`. */
export function rateText(won: number, trips: number): string {
  return trips === 0 ? none : `${numberText((100 * won) / trips, 0)} %`;
}
