/** Waits that differ, so that what failed together does not come back together. */
import { randomInt } from 'node:crypto';

/** From half of it to one and a half. */
export function jittered(ms: number): number {
  return ms * (0.5 + randomInt(1_000) / 1_000);
}
