/** Checks of what several collections hold, made the same way wherever rows come from outside. */
import { defaultSettings, type RunSettings } from '../execution/settings.ts';
import {
  finite,
  flag,
  object,
  oneOf,
  orElse,
  orNull,
  record,
  text,
  whole,
  type Shape,
} from './shape.ts';

export const id = text(200);
export const name = text(1000);
export const source = text(1_000_000);
export const inputs = record(finite);
/** Missing in what was kept before there was a second one. */
export const language = oneOf(['rules', 'code']);

const standard = defaultSettings;

/** What an older archive leaves out is at its default, as it was then. */
export const settingsShapes: { readonly [K in keyof RunSettings]: Shape<RunSettings[K]> } = {
  cash: finite,
  commission: object({
    fixed: finite,
    rate: finite,
    perLot: orElse(finite, 0),
    minimum: orElse(finite, 0),
  }),
  spread: object({ rate: finite, points: orElse(finite, 0), column: orElse(flag, false) }),
  slippage: orElse(
    object({
      kind: oneOf(['none', 'fixed', 'random', 'volume']),
      points: finite,
      seed: finite,
    }),
    standard.slippage,
  ),
  swap: orElse(
    object({
      longPerLot: finite,
      shortPerLot: finite,
      tripleWeekday: whole,
      rolloverHour: whole,
      zone: id,
    }),
    standard.swap,
  ),
  margin: finite,
  fill: oneOf(['nextOpen', 'close']),
  path: orElse(
    oneOf(['pessimistic', 'optimistic', 'adaptive', 'lowerTimeframe', 'ticks']),
    standard.path,
  ),
  units: oneOf(['whole', 'fractional']),
  volume: orElse(object({ step: finite, min: finite, max: finite }), standard.volume),
  positions: orElse(oneOf(['single', 'netting', 'hedging']), standard.positions),
  sides: orElse(oneOf(['both', 'long', 'short']), standard.sides),
  exclusive: flag,
  stopOut: orElse(orNull(finite), null),
  closeAtEnd: flag,
  rounding: oneOf(['none', 'account']),
  contractSize: finite,
};
export const settings: Shape<RunSettings> = object<RunSettings>(settingsShapes);
