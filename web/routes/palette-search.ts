/** Finds entries by words in any order, by letters in theirs, or with a letter amiss. */

export interface PaletteEntry {
  /** Names it among all entries, and from one visit to the next. */
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly detail?: string;
  /** By which keys it is done too. */
  readonly keys?: string;
  readonly run: () => void;
}

export interface Search {
  readonly text: string;
  readonly limit: number;
  /** Keys of what was chosen before, the latest first. */
  readonly recent: readonly string[];
}

/** The best ones; without text what was chosen lately, then the rest as it stands. */
export function findEntries(
  entries: readonly PaletteEntry[],
  { text, limit, recent }: Search,
): readonly PaletteEntry[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    const late = recent.flatMap((key) => entries.find((each) => each.key === key) ?? []);
    return [...late, ...entries.filter((each) => !late.includes(each))].slice(0, limit);
  }
  const by = (score: (entry: PaletteEntry, words: readonly string[]) => number | null) =>
    entries
      .flatMap((entry, order) => {
        const found = score(entry, words);
        if (found === null) return [];
        return [{ entry, order, score: found + (recent.includes(entry.key) ? lately : 0) }];
      })
      .sort((a, b) => b.score - a.score || a.order - b.order)
      .slice(0, limit)
      .map(({ entry }) => entry);
  const found = by(closeness);
  return found.length > 0 ? found : by(nearness);
}

/** Enough to stand before what is as close, not before what is closer. */
const lately = 40;

/** Higher is closer; null where a word is found neither in the name nor beside it. */
function closeness(entry: PaletteEntry, words: readonly string[]): number | null {
  const name = entry.name.toLowerCase();
  const beside = `${entry.kind} ${entry.detail ?? ''}`.toLowerCase();
  let sum = name.startsWith(words.join(' ')) ? 1_000 : 0;
  for (const word of words) {
    const score = within(name, word) ?? (startsWord(beside, word) ? 100 : null);
    if (score === null) return null;
    sum += score;
  }
  return sum / words.length;
}

function within(name: string, word: string): number | null {
  const whole = name.indexOf(word);
  if (whole === 0) return 1_000;
  if (startsWord(name, word)) return 800 - whole;
  if (whole > 0) return 600 - whole;
  let at = -1;
  let jumps = 0;
  for (const letter of word) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (next !== at + 1) jumps++;
    at = next;
  }
  return 200 - jumps * 10 - at;
}
function startsWord(text: string, word: string): boolean {
  return ` ${text.replaceAll(/[^\p{L}\p{N}]/gu, ' ')}`.includes(` ${word}`);
}

/** For who mistyped: every word begins one of the name's, but for a letter too many, few or wrong. */
function nearness({ name }: PaletteEntry, words: readonly string[]): number | null {
  const own = name.toLowerCase().split(/\s+/);
  const isNear = (word: string) => word.length >= 4 && own.some((each) => startsNearly(each, word));
  return words.every(isNear) ? 0 : null;
}
function startsNearly(name: string, word: string): boolean {
  return [-1, 0, 1].some((more) => isOneOff(name.slice(0, word.length + more), word));
}

/** Whether one letter added, left out, changed or swapped with the next makes `a` into `b`. */
function isOneOff(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
