/** A stop or target as a price, as points from where the order is filled, or as money at stake there. */
import type { Instrument } from '#core/broker/instrument.ts';
import type { Side } from '#core/broker/book.ts';
import { snapPrice } from '#core/risk/grid.ts';
import { moneyOfMove } from '#core/risk/move.ts';

export const levelUnits = ['price', 'points', 'money'] as const;
export type LevelUnit = (typeof levelUnits)[number];
export type LevelName = 'sl' | 'tp';

export interface LevelFrame {
  readonly side: Side;
  readonly which: LevelName;
  /** Where the order is filled as things stand. */
  readonly entry: number;
  /** Null while it is not known: then there is no telling what money is. */
  readonly volumeLots: number | null;
  readonly instrument: Instrument;
}

/** 1 where the level lies above the entry. */
const directionOf = ({ side, which }: LevelFrame): number =>
  (side === 'buy') === (which === 'tp') ? 1 : -1;

/** Account money that a move of the price by 1 makes of the volume. */
const moneyPerPrice = ({ volumeLots, instrument }: LevelFrame): number =>
  moneyOfMove(1, volumeLots ?? 0, instrument);

/**
 * The price, on the instrument's grid, that a figure of a unit means; null where there is none:
 * without a volume nothing is known of money. Money becomes the next price that loses no more.
 */
export function levelPrice(value: number, unit: LevelUnit, frame: LevelFrame): number | null {
  const { entry, instrument } = frame;
  if (!Number.isFinite(value)) return null;
  if (unit === 'price') return value > 0 ? snapPrice(value, instrument) : null;
  const direction = directionOf(frame);
  if (unit === 'points') {
    return above(snapPrice(entry + direction * value * instrument.pointSize, instrument));
  }
  const each = moneyPerPrice(frame);
  if (!(each > 0)) return null;
  // Towards the entry for a stop, away from it for a target: never more lost, nor less won.
  const isUp = direction > 0 === (frame.which === 'tp');
  return above(snapPrice(entry + (direction * value) / each, instrument, isUp ? 'up' : 'down'));
}

const above = (price: number): number | null => (price > 0 ? price : null);

/** What a price is in a unit: points and money are positive where the level is on its side. */
export function levelValue(price: number, unit: LevelUnit, frame: LevelFrame): number | null {
  const { entry, instrument } = frame;
  if (unit === 'price') return price;
  const way = (price - entry) * directionOf(frame);
  if (unit === 'points') return tidy(way / instrument.pointSize, 1);
  const each = moneyPerPrice(frame);
  return each > 0 ? tidy(way * each, 2) : null;
}

const tidy = (value: number, digits: number): number => Number(value.toFixed(digits));
