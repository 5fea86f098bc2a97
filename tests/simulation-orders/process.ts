/** Something that runs and can be killed: what it waited for never comes, what it planned never happens. */
import type { VirtualTime } from './time.ts';

export class Crash extends Error {}

export interface Process {
  readonly name: string;
  readonly isAlive: boolean;
  after(ms: number, run: () => void): () => void;
  /** Throws where it is killed meanwhile. */
  wait(ms: number): Promise<void>;
  kill(): void;
}

export function startProcess(time: VirtualTime, name: string): Process {
  let isAlive = true;
  const waiting = new Set<(error: Crash) => void>();
  return {
    name,
    get isAlive() {
      return isAlive;
    },
    after: (ms, run) =>
      time.after(ms, () => {
        if (isAlive) run();
      }),
    wait(ms) {
      if (!isAlive) return Promise.reject(new Crash(name));
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        time.after(ms, () => {
          waiting.delete(reject);
          resolve();
        });
      });
    },
    kill() {
      isAlive = false;
      for (const reject of waiting) reject(new Crash(name));
      waiting.clear();
    },
  };
}
