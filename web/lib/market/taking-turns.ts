/** Does what is asked one after the other, so that a long list does not crowd out everything else. */

export interface Turns {
  /** A later one of the same name takes the place of one that waits. */
  add(name: string, work: () => Promise<void>): void;
  stop(): void;
}

/** So many at a time. */
export function takingTurns(atOnce: number): Turns {
  const waiting = new Map<string, () => Promise<void>>();
  let running = 0;
  const next = () => {
    const [first] = waiting;
    if (!first || running >= atOnce) return;
    waiting.delete(first[0]);
    running++;
    void first[1]().finally(() => {
      running--;
      next();
    });
  };
  return {
    add(name, work) {
      waiting.set(name, work);
      next();
    },
    stop: () => waiting.clear(),
  };
}
