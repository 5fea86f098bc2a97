/**
 * A fingerprint of what lies at a broker, by which server and connector see that they agree.
 *
 * SHA-256, hex, over lines in the order of their bytes, joined by a line feed:
 * `p|position|symbol|b or s|volume|sl|tp` and `o|order|symbol|b or s|kind|volume|price|limit|sl|tp`.
 * Numbers have eight decimals, as MQL5's `DoubleToString(x, 8)` writes them; none is `0.00000000`.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Position, WorkingOrder } from './book.ts';

export type HashedPosition = Pick<
  Position,
  'position' | 'symbol' | 'side' | 'volumeLots' | 'sl' | 'tp'
>;
export type HashedOrder = Pick<
  WorkingOrder,
  'order' | 'symbol' | 'side' | 'kind' | 'volumeLots' | 'price' | 'limitPrice' | 'sl' | 'tp'
>;

export function bookHash(
  positions: readonly HashedPosition[],
  orders: readonly HashedOrder[],
): string {
  return bytesToHex(sha256(utf8ToBytes(bookText(positions, orders))));
}

/** What is hashed. */
export function bookText(
  positions: readonly HashedPosition[],
  orders: readonly HashedOrder[],
): string {
  const lines = [...positions.map(positionLine), ...orders.map(orderLine)];
  return lines.sort(byBytes).join('\n');
}

function positionLine(held: HashedPosition): string {
  const numbers = [held.volumeLots, held.sl, held.tp].map(decimal);
  return ['p', held.position, held.symbol, letter(held.side), ...numbers].join('|');
}

function orderLine(held: HashedOrder): string {
  const numbers = [held.volumeLots, held.price, held.limitPrice, held.sl, held.tp].map(decimal);
  return ['o', held.order, held.symbol, letter(held.side), held.kind, ...numbers].join('|');
}

const letter = (side: Position['side']): string => (side === 'buy' ? 'b' : 's');

/** `+ 0` because −0, which some calculations leave, is none as well. */
const decimal = (value: number | null): string => ((value ?? 0) + 0).toFixed(8);

/**
 * As UTF-8 orders them. That is the order of code points, from which that of UTF-16 differs only
 * where one text has a character beyond U+FFFF.
 */
function byBytes(a: string, b: string): number {
  for (let k = 0; k < a.length && k < b.length; k++) {
    if (a.charCodeAt(k) === b.charCodeAt(k)) continue;
    return (a.codePointAt(k) ?? 0) - (b.codePointAt(k) ?? 0);
  }
  return a.length - b.length;
}
