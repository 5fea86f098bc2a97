/** Round trips as spans of bars in the order in which they began; they are kept as they closed. */
import type { RoundTripColumns } from '../execution/outcome.ts';

/** The bars of entry, rising, and of exit. */
export function spansByEntry({
  entryBar,
  exitBar,
}: Pick<RoundTripColumns, 'entryBar' | 'exitBar'>) {
  if (entryBar.every((bar, k) => k === 0 || entryBar[k - 1]! <= bar)) {
    return { from: entryBar, to: exitBar };
  }
  const order = Uint32Array.from(entryBar.keys()).sort((a, b) => entryBar[a]! - entryBar[b]!);
  const arranged = (column: Int32Array) => Int32Array.from(order, (k) => column[k]!);
  return { from: arranged(entryBar), to: arranged(exitBar) };
}
