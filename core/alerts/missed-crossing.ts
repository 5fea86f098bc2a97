/**
 * Whether a price came to its level in bars that nobody watched.
 *
 * In which order a bar had its highest and lowest is not known: only what must have happened
 * between its opening, those two and its close counts, and between a close and the next opening.
 */
import type { AlertWay } from './alert.ts';
import { hasCrossed, sideOf } from './crossing.ts';

interface SeenBar {
  readonly openMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The last bar in which the price came to the level from the side that `way` asks for, or null. */
export function lastCrossing<Bar extends SeenBar>(
  bars: readonly Bar[],
  level: number,
  way: AlertWay,
): Bar | null {
  let found: Bar | null = null;
  let before: Bar | null = null;
  for (const bar of bars) {
    const { open, high, low, close } = bar;
    const steps: readonly (readonly [from: number, to: number])[] = [
      ...(before ? [[before.close, open] as const] : []),
      ...([
        [open, high],
        [open, low],
        [high, close],
        [low, close],
      ] as const),
    ];
    const isCrossed = steps.some(([from, to]) =>
      hasCrossed(sideOf(from, level), sideOf(to, level), way),
    );
    if (isCrossed) found = bar;
    before = bar;
  }
  return found;
}
