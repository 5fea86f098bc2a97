/**
 * Whether a value came to its level, told of one value after the other.
 *
 * Only the side that a value is on is remembered, so that a leap over the level counts once, as
 * does a value that stays on it, and whoever begins anew with the side kept misses no leap.
 */
import type { AlertWay } from './alert.ts';

/** Below the level, on it, above it. */
export type Side = -1 | 0 | 1;

/** Decimals finer than those of any price or money: nearer than that two values are the same. */
const finest = 8;

export function sideOf(value: number, level: number, digits = finest): Side {
  const scale = 10 ** digits;
  const difference = Math.round(value * scale) - Math.round(level * scale);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/**
 * True where the value came to the level or over it, from the side that `way` asks for.
 *
 * `before` null = nothing was seen yet: then nothing was crossed.
 */
export function hasCrossed(before: Side | null, now: Side, way: AlertWay): boolean {
  const rose = before === -1 && now >= 0;
  const fell = before === 1 && now <= 0;
  if (way === 'touch') return rose || fell;
  return way === 'above' ? rose : fell;
}
