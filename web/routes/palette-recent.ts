/** What was chosen in the palette lately, on this device. */
const kept = 'offing.palette';
const most = 8;

/** The chosen one first, each once, the oldest forgotten. */
export function withRecent(recent: readonly string[], key: string): readonly string[] {
  return [key, ...recent.filter((each) => each !== key)].slice(0, most);
}

export function recentKeys(): readonly string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(kept) ?? '[]');
    if (!Array.isArray(read)) return [];
    return read.filter((each) => typeof each === 'string').slice(0, most);
  } catch {
    // Storage refused or damaged: as on a first visit.
    return [];
  }
}

export function rememberRecent(key: string): void {
  try {
    localStorage.setItem(kept, JSON.stringify(withRecent(recentKeys(), key)));
  } catch {
    // Storage refused: nothing is remembered.
  }
}
