/** Time that passes from event to event: nothing waits for a real clock. */

export interface VirtualTime {
  nowMs(): number;
  /** Answers what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** The next event, and all that follows from it at once; false where there is none. */
  step(): Promise<boolean>;
  readonly events: number;
}

interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  isCanceled: boolean;
}

export function virtualTime(fromMs: number): VirtualTime {
  const heap: Waiting[] = [];
  let nowMs = fromMs;
  let order = 0;
  let events = 0;
  return {
    nowMs: () => nowMs,
    after(ms, run) {
      const waiting = { atMs: nowMs + Math.max(0, ms), order: order++, run, isCanceled: false };
      push(heap, waiting);
      return () => {
        waiting.isCanceled = true;
      };
    },
    step() {
      let next = pop(heap);
      while (next?.isCanceled) next = pop(heap);
      if (!next) return Promise.resolve(false);
      nowMs = next.atMs;
      events++;
      next.run();
      // Every promise that can settle now has done so by then.
      return new Promise((done) => process.nextTick(done, true));
    },
    get events() {
      return events;
    },
  };
}

const isBefore = (a: Waiting, b: Waiting): boolean =>
  a.atMs !== b.atMs ? a.atMs < b.atMs : a.order < b.order;

function push(heap: Waiting[], waiting: Waiting): void {
  let at = heap.push(waiting) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (isBefore(heap[parent]!, waiting)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = waiting;
}

function pop(heap: Waiting[]): Waiting | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
    if (isBefore(last, heap[child]!)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return first;
}
