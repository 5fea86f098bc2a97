/** Work that is done one after the other, and when it is over but for what waits for the world. */

export interface Turns {
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Of the work whose turn it is: it waits for the world's time, and all behind it. */
  pausing(wait: () => Promise<void>): Promise<void>;
  over(): Promise<void>;
}

export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let busy = 0;
  let told: (() => void)[] = [];
  const done = () => {
    busy--;
    if (busy > 0) return;
    for (const tell of told) tell();
    told = [];
  };
  return {
    turn(work) {
      const mine = last.then(async () => {
        busy++;
        try {
          return await work();
        } finally {
          done();
        }
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    async pausing(wait) {
      done();
      try {
        await wait();
      } finally {
        busy++;
      }
    },
    async over() {
      do {
        if (busy > 0) await new Promise<void>((tell) => told.push(tell));
        // Whatever follows from it at once.
        await new Promise((tell) => setImmediate(tell));
      } while (busy > 0);
    },
  };
}
