/** Work of an account's alerts, done one after another: what fails is logged, and the next goes on. */
import type { Log } from '../ops/log.ts';

export interface OneByOne {
  /** `what` could not be done, for the log. */
  add(what: string, work: () => Promise<void>): void;
  /** What has begun is finished; what has not is left. */
  end(): Promise<void>;
}

export function oneByOne(log: Log): OneByOne {
  let isEnded = false;
  let tail: Promise<void> = Promise.resolve();
  return {
    add(what, work) {
      tail = tail
        .then(() => (isEnded ? undefined : work()))
        .catch((error: unknown) => log.warn({ err: error }, `alerts: ${what}`));
    },
    async end() {
      isEnded = true;
      await tail;
    },
  };
}

/** Does it for each; what fails keeps no other from its turn, and the first of it is thrown then. */
export async function eachInTurn<Item>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const failed: unknown[] = [];
  for (const item of [...items]) {
    await work(item).catch((error: unknown) => void failed.push(error));
  }
  if (failed.length > 0) throw failed[0];
}

/** A look at what may have changed: asked for twice before it begins, it is one. */
export interface Look {
  ask(): void;
  /** Once more, where it failed. */
  again(): void;
}

export function lookIn(line: OneByOne, what: string, look: () => Promise<void>): Look {
  let [isDue, isQueued] = [false, false];
  const queue = () => {
    if (isQueued) return;
    isQueued = true;
    line.add(what, async () => {
      // What changes from here on may not be seen by this look.
      isQueued = false;
      await look();
      isDue = isQueued;
    });
  };
  return {
    ask() {
      isDue = true;
      queue();
    },
    again() {
      if (isDue) queue();
    },
  };
}
