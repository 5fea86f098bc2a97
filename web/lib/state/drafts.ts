/** What is typed and not stored yet, kept beside the database in case the page does not come back. */

const draftPrefixes = { strategy: 'offing.draft.', note: 'offing.note.' } as const;

/** Where the draft of a strategy or a note lies in localStorage. */
export function draftKey(of: keyof typeof draftPrefixes, id: string): string {
  return draftPrefixes[of] + id;
}

/** Forgets them all: they are the data of whoever typed them. */
export function removeDrafts(storage: Pick<Storage, 'length' | 'key' | 'removeItem'>): void {
  const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '');
  for (const key of keys) {
    const isDraft = Object.values(draftPrefixes).some((prefix) => key.startsWith(prefix));
    if (isDraft) storage.removeItem(key);
  }
}
