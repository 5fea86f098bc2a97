/** Where a trailing stop stands: behind the best price, and never taken back. */
import type { Failure } from '../errors.ts';
import type { Position } from '../broker/book.ts';
import type { Instrument } from '../broker/instrument.ts';
import type { Trail } from '../broker/request.ts';
import { fail, ok, type Result } from '../result.ts';
import { pipSize, snapPrice } from './grid.ts';

export const usualTrail: Trail = { activationPips: 20, distancePips: 10, lockPips: 0 };

/** The least that makes sense: nearer, and the spread alone would close the position. */
export const leastTrail = { activationPips: 5, distancePips: 3 } as const;
const MOST_PIPS = 1_000_000;

export function checkTrail(trail: Trail): Result<Trail, Failure> {
  const { activationPips, distancePips, lockPips } = trail;
  const bounds = [
    ['activation', activationPips, leastTrail.activationPips, MOST_PIPS],
    ['distance', distancePips, leastTrail.distancePips, MOST_PIPS],
    // A stop that keeps all of the profit would stand at the price.
    ['lock', lockPips, 0, activationPips - 1],
  ] as const;
  const wrong = bounds.find(([, value, least, most]) => !(value >= least && value <= most));
  if (!wrong) return ok(trail);
  const [field, value, least, most] = wrong;
  return fail({
    code: 'trade.trail-invalid',
    detail: `The ${field} is out of bounds.`,
    figures: { field, value: Number.isFinite(value) ? value : String(value), least, most },
  });
}

/**
 * The stop to ask for; null where it is not active yet or would not move a tick in the position's
 * favour. `bestPrice` is the best that the position could have been closed at since the trail was
 * set: the highest bid of a buy, the lowest ask of a sell.
 */
export function trailedStop(
  trail: Trail,
  position: Pick<Position, 'side' | 'openPrice' | 'sl'>,
  instrument: Instrument,
  bestPrice: number,
): number | null {
  if (!(bestPrice > 0 && Number.isFinite(bestPrice))) return null;
  const { side, openPrice, sl } = position;
  const direction = side === 'buy' ? 1 : -1;
  const pip = pipSize(instrument);
  const gain = (bestPrice - openPrice) * direction;
  if (gain < trail.activationPips * pip - instrument.tickSize * 1e-3) return null;
  const least = instrument.stopsLevelPoints * instrument.pointSize;
  const behind = Math.max(
    Math.min(gain - trail.distancePips * pip, gain - least),
    Math.min(trail.lockPips * pip, gain - least),
  );
  const stop = snapPrice(
    openPrice + direction * behind,
    instrument,
    side === 'buy' ? 'down' : 'up',
  );
  const moves = sl === null || (stop - sl) * direction >= instrument.tickSize * 0.999;
  return moves && stop > 0 ? stop : null;
}
