/** Management of an open position: trailing stop, break-even, partial exits, time exit. */
import type { PositionCare, Reach, Side } from '../order-desk.ts';
import type { RunSettings } from '../settings.ts';
import { roundUnits } from '../sizing.ts';
import { exitQuote, type Broker, type Care, type MarketState, type Position } from './state.ts';

export interface Entry {
  readonly side: Side;
  readonly price: number;
  readonly units: number;
  readonly bar: number;
  /** NaN = none; then nothing that is said in R comes true. */
  readonly stop: number;
}

/** What was asked for, in prices and units of the position that has come of it. */
export function resolveCare(settings: RunSettings, care: PositionCare, entry: Entry): Care {
  const { side, price, units } = entry;
  const far = (reach: Reach | undefined) => (reach ? distanceOf(reach, entry) : NaN);
  const { trailing, breakEven, partials = [], exitAfterBars } = care;
  return {
    trailing: trailing
      ? {
          distance: far(trailing.distance),
          activation: trailing.activation ? far(trailing.activation) : -Infinity,
          lock: far(trailing.lock),
        }
      : null,
    breakEven: breakEven
      ? {
          activation: far(breakEven.activation),
          lock: breakEven.lock ? far(breakEven.lock) : 0,
        }
      : null,
    partials: partials
      .map(({ fraction, at }) => ({
        level: price + side * far(at),
        units: roundUnits(settings, partOf(units, fraction)),
        waiting: NaN,
      }))
      .filter((part) => part.units > 0 && !Number.isNaN(part.level))
      .sort((a, b) => side * (a.level - b.level)),
    exitBar: exitAfterBars === undefined ? -1 : entry.bar + exitAfterBars,
  };
}

/** The nearest partial exit that does not wait; −1 = none. */
export function nextPartIndex(care: Care): number {
  return care.partials.findIndex(({ waiting }) => Number.isNaN(waiting));
}

/** The part of the units; a whole number where rounding alone makes it miss one. */
function partOf(units: number, fraction: number): number {
  const part = fraction * units;
  const whole = Math.round(part);
  return Math.abs(part - whole) <= 1e-9 * part ? whole : part;
}

function distanceOf(reach: Reach, { price, stop }: Entry): number {
  return reach.kind === 'price' ? reach.distance : reach.multiple * Math.abs(price - stop);
}

/** The target that the order asks for, in price units; NaN = none. */
export function targetOf(
  { target = NaN, care }: { readonly target?: number; readonly care?: PositionCare },
  { side, price, stop }: Entry,
): number {
  if (care?.targetR === undefined) return target;
  return price + side * care.targetR * Math.abs(price - stop);
}

/** Moves the stops that follow the price, each only ever in favour of its position. */
export function trailAll(broker: Broker, state: MarketState): void {
  for (const position of broker.positions) {
    if (position.care && position.market === state.index) trail(position, position.care, state);
  }
}

export function trail(position: Position, care: Care, state: MarketState): void {
  const { side, entryPrice } = position;
  const quote = exitQuote(state, side);
  const gain = side * (quote - entryPrice);
  const { trailing, breakEven } = care;
  const least = gain + ROUNDING * Math.abs(quote);
  if (trailing && least >= trailing.activation) {
    raise(position, quote - side * trailing.distance, 'trail');
    raise(position, entryPrice + side * trailing.lock, 'trail');
  }
  if (breakEven && least >= breakEven.activation) {
    raise(position, entryPrice + side * breakEven.lock, 'breakEven');
  }
}

/** A difference of prices misses a distance by no more than this part of the price. */
const ROUNDING = 1e-12;

function raise(position: Position, level: number, reason: 'trail' | 'breakEven'): void {
  const { side, stop } = position;
  const helps = Number.isNaN(stop) ? !Number.isNaN(level) : side * (level - stop) > 0;
  if (!helps) return;
  position.stop = level;
  position.stopReason = reason;
}
