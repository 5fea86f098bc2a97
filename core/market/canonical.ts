/** The one form of a set of bars: fingerprints and comparisons do not see how the bars arrived. */
import type { Bars, PriceColumn, PriceColumns } from './bars.ts';
import { digitsToShow, fewestDigits, powersOfTen } from './points.ts';

/**
 * The same bars on the coarsest Int32 scale that holds all their prices, else in Float64, shown
 * with the digits that follow from them. Shares what need not change.
 */
export function canonicalBars(bars: Bars): Bars {
  const columns = [...columnsOf(bars.bid), ...(bars.ask ? columnsOf(bars.ask) : [])];
  const digits = fewestDigits(columns, bars.scale);
  const scale = digits < 0 ? 1 : powersOfTen[digits]!;
  const shown = digitsToShow(columns, bars.scale, digits);
  const convert = (column: PriceColumn): PriceColumn => {
    if (digits < 0) {
      return column instanceof Float64Array ? column : toFloats(column, bars.scale);
    }
    if (column instanceof Int32Array && scale === bars.scale) return column;
    return Int32Array.from(column, (value) => Math.round((value / bars.scale) * scale));
  };
  const side = ({ open, high, low, close }: PriceColumns): PriceColumns => ({
    open: convert(open),
    high: convert(high),
    low: convert(low),
    close: convert(close),
  });
  return { ...bars, scale, digits: shown, bid: side(bars.bid), ask: bars.ask && side(bars.ask) };
}

function toFloats(column: Int32Array, scale: number): Float64Array {
  return Float64Array.from(column, (value) => value / scale);
}

function columnsOf(columns: PriceColumns): readonly PriceColumn[] {
  return [columns.open, columns.high, columns.low, columns.close];
}
