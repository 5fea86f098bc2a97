/** Finds entries by letters in their order: `bkt` finds Backtest, and better matches come first. */

export interface PaletteEntry {
  readonly kind: string;
  readonly name: string;
  readonly detail?: string;
  readonly run: () => void;
}

/** The best `limit` entries; without text the first ones as they stand. */
export function findEntries(
  entries: readonly PaletteEntry[],
  text: string,
  limit: number,
): readonly PaletteEntry[] {
  const sought = text.trim().toLowerCase();
  if (sought === '') return entries.slice(0, limit);
  return entries
    .map((entry, order) => ({ entry, order, score: score(entry.name.toLowerCase(), sought) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => b.score! - a.score! || a.order - b.order)
    .slice(0, limit)
    .map(({ entry }) => entry);
}

/** Higher is closer; null where a letter is missing. */
function score(name: string, sought: string): number | null {
  const whole = name.indexOf(sought);
  if (whole === 0) return 1_000;
  if (whole > 0) return (name[whole - 1] === ' ' ? 800 : 600) - whole;
  let at = -1;
  let jumps = 0;
  for (const letter of sought) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (next !== at + 1) jumps++;
    at = next;
  }
  return 200 - jumps * 10 - at;
}
