/** Work of one desk, one piece at a time; what is wished for often meanwhile is done once. */

export interface WorkQueue<T> {
  add(item: T): void;
  /** Done once after what is in line, however often it is wished. */
  wish(): void;
  /** When nothing is in line. */
  idle(): Promise<void>;
  readonly length: number;
  /** Takes nothing more; what runs comes to its end. */
  close(): void;
}

export interface QueueWork<T> {
  /** Takes as many from the front as belong together. */
  take(items: readonly T[]): number;
  run(items: readonly T[]): Promise<void>;
  wished(): Promise<void>;
  failed(error: unknown): void;
}

export function workQueue<T>(work: QueueWork<T>): WorkQueue<T> {
  let items: T[] = [];
  let isWished = false;
  let isClosed = false;
  let running: Promise<void> | null = null;

  async function runAll(): Promise<void> {
    while (!isClosed && (items.length > 0 || isWished)) {
      if (items.length === 0) {
        isWished = false;
        await work.wished();
        continue;
      }
      const count = Math.max(1, work.take(items));
      const together = items.slice(0, count);
      items = items.slice(count);
      await work.run(together);
    }
  }
  const start = () => {
    if (running || isClosed) return;
    // What comes in the same turn belongs together.
    running = Promise.resolve()
      .then(runAll)
      .catch((error: unknown) => {
        isClosed = true;
        work.failed(error);
      })
      .finally(() => {
        running = null;
        // Something may have come between the last look and now.
        if (items.length > 0 || isWished) start();
      });
  };
  return {
    add(item) {
      if (isClosed) return;
      items.push(item);
      start();
    },
    wish() {
      if (isClosed) return;
      isWished = true;
      start();
    },
    async idle() {
      while (running) await running;
    },
    get length() {
      return items.length;
    },
    close() {
      isClosed = true;
      items = [];
      isWished = false;
    },
  };
}
