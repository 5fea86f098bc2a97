/** Which searches are run by some tab now: a web lock of the search's name is held by that tab. */

const lockName = (id: string) => `sweep.${id}`;

const lockManager = () => (navigator as { readonly locks?: LockManager }).locks;

/** Takes the lock and answers how to give it back, or null where another tab has it. */
export function holdSearch(id: string): Promise<(() => void) | null> {
  const locks = lockManager();
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((taken) => {
    void locks.request(lockName(id), { ifAvailable: true }, (lock) => {
      if (!lock) return taken(null);
      return new Promise<void>((release) => taken(release));
    });
  });
}

/** Ids of the searches that are run now. */
export async function searchesUnderWay(): Promise<ReadonlySet<string>> {
  const query = await lockManager()?.query();
  const names = (query?.held ?? []).flatMap(({ name }) => name ?? []);
  const prefix = lockName('');
  return new Set(names.filter((n) => n.startsWith(prefix)).map((n) => n.slice(prefix.length)));
}
