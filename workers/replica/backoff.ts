/** How long a replica waits before it tries again: longer each time, never all devices at once. */

const firstMs = 1_000;
const longestMs = 300_000;
/** A write or a poke tries at once, but not more often than this while trying fails. */
export const IMPATIENT_MS = 5_000;

/** After `failures` in a row, at least 1; between half and the whole of what has doubled. */
export function backoffMs(failures: number, random: number): number {
  const fullMs = Math.min(longestMs, firstMs * 2 ** Math.min(20, failures - 1));
  return Math.round(fullMs * (0.5 + random / 2));
}
