/** Prices of the stop and the target that an entry on each bar would get. */
import { unreachable } from '../assert.ts';
import type { SideLevels } from '../execution/signals.ts';
import { prices, type Bars } from '../market/bars.ts';
import type { Columns } from './compute-columns.ts';
import { constantValue, type InputValues } from './constant.ts';
import type { Level, Levels } from './program.ts';

/** Columns that the levels of a program are made from. */
export function levelColumns(levels: Levels | null): readonly number[] {
  return [levels?.long, levels?.short].flatMap((level) => {
    if (level?.kind === 'distance' && 'column' in level.distance) return [level.distance.column];
    if (level?.kind === 'price' && 'column' in level.price) return [level.price.column];
    return [];
  });
}

/**
 * `kind` says which way: a long's stop is below its close, its target above, a short's mirrored.
 * `expected` are the prices of the entries where they are not the close.
 */
export function levelPrices(
  kind: 'stop' | 'target',
  levels: Levels,
  columns: Columns,
  bars: Bars,
  inputs: InputValues,
  expected?: SideLevels,
): SideLevels {
  const close = expected ? null : prices(bars.bid, 'close', bars.scale);
  const { long, short } = expected ?? { long: close!, short: close! };
  const away = kind === 'stop' ? -1 : 1;
  return {
    long: sidePrices(levels.long, away, long, columns, bars, inputs),
    short: sidePrices(levels.short, -away, short, columns, bars, inputs),
  };
}

function sidePrices(
  level: Level | null,
  sign: number,
  close: Float64Array,
  columns: Columns,
  bars: Bars,
  inputs: InputValues,
): Float64Array {
  const out = new Float64Array(close.length);
  if (!level) return out.fill(NaN);
  switch (level.kind) {
    case 'fraction': {
      const factor = 1 + sign * constantValue(level.fraction, inputs);
      for (let i = 0; i < out.length; i++) out[i] = close[i]! * factor;
      break;
    }
    case 'points':
    case 'pips': {
      const steps =
        constantValue(level.count, inputs) * (level.kind === 'pips' ? pipPoints(bars) : 1);
      const distance = (sign * steps) / 10 ** bars.digits;
      for (let i = 0; i < out.length; i++) out[i] = close[i]! + distance;
      break;
    }
    case 'distance':
      if ('column' in level.distance) {
        const distance = columns.series(level.distance.column);
        for (let i = 0; i < out.length; i++) out[i] = close[i]! + sign * distance[i]!;
      } else {
        const distance = sign * constantValue(level.distance.constant, inputs);
        for (let i = 0; i < out.length; i++) out[i] = close[i]! + distance;
      }
      break;
    case 'price':
      if ('column' in level.price) out.set(columns.series(level.price.column));
      else out.fill(constantValue(level.price.constant, inputs));
      break;
    default:
      return unreachable(level);
  }
  return out;
}

/** Quotes with an odd number of digits end in a tenth of a pip. */
export function pipPoints(bars: Bars): number {
  return bars.digits % 2 === 1 && bars.digits > 1 ? 10 : 1;
}
