/** Stops and targets as the kernel works them out on the bars that signal an entry. */
import { constantValue, type InputValues } from '#core/rules/constant.ts';
import { pipPoints } from '#core/rules/levels.ts';
import type { Level, Program } from '#core/rules/program.ts';
import type { ColumnRoom } from './column-room.ts';
import type { PlanColumns } from './plan-columns.ts';

/** As `assembly/skim.ts` numbers them. */
const NONE = 0;
const OF_CLOSE = 1;
const FROM_CLOSE = 2;
const FROM_CLOSE_BY_COLUMN = 3;
const OF_COLUMN = 4;
const NUMBER = 5;

interface Placed {
  readonly kind: number;
  readonly number: number;
  /** Where it lies; 0 = it needs none. */
  readonly column: number;
  readonly warmup: number;
}

/** First bar on which the columns of all levels have a value; null where a level is not known here. */
export function placeLevels(
  room: ColumnRoom,
  plan: PlanColumns,
  { stop, target }: Pick<Program, 'stop' | 'target'>,
  inputs: InputValues,
): number | null {
  const all = [
    place(stop?.long ?? null, -1),
    place(target?.long ?? null, 1),
    place(stop?.short ?? null, 1),
    place(target?.short ?? null, -1),
  ];
  let warmup = 0;
  for (const [which, level] of all.entries()) {
    if (!level) return null;
    room.kernel.placeLevel(which, level.kind, level.number, level.column);
    warmup = Math.max(warmup, level.warmup);
  }
  return warmup;

  /** The arithmetic of `core/rules/levels.ts`. */
  function place(level: Level | null, sign: number): Placed | null {
    const without = { column: 0, warmup: 0 };
    switch (level?.kind) {
      case undefined:
        return { kind: NONE, number: NaN, ...without };
      case 'fraction':
        return {
          kind: OF_CLOSE,
          number: 1 + sign * constantValue(level.fraction, inputs),
          ...without,
        };
      case 'points':
      case 'pips': {
        const steps =
          constantValue(level.count, inputs) * (level.kind === 'pips' ? pipPoints(room.bars) : 1);
        return { kind: FROM_CLOSE, number: (sign * steps) / 10 ** room.bars.digits, ...without };
      }
      case 'distance': {
        if ('column' in level.distance) {
          const { at: column, warmup } = plan.series(level.distance.column);
          return { kind: FROM_CLOSE_BY_COLUMN, number: sign, column, warmup };
        }
        const distance = sign * constantValue(level.distance.constant, inputs);
        return { kind: FROM_CLOSE, number: distance, ...without };
      }
      case 'price': {
        if ('column' in level.price) {
          const { at: column, warmup } = plan.series(level.price.column);
          return { kind: OF_COLUMN, number: 0, column, warmup };
        }
        const price = constantValue(level.price.constant, inputs);
        return { kind: NUMBER, number: price, ...without };
      }
      default:
        return null;
    }
  }
}
