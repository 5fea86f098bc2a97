/** A clock that moves only when told to, for tests of what waits. */

export interface MadeTime {
  nowMs(): number;
  after(delayMs: number, act: () => void): () => void;
  every(periodMs: number, act: () => void): () => void;
  /** Moves on; what falls due on the way is called in its order, and settles. */
  pass(spanMs: number): Promise<void>;
}

export function madeTime(startMs = 1_000_000): MadeTime {
  let nowMs = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly act: () => void }>();

  function after(delayMs: number, act: () => void): () => void {
    const entry = { atMs: nowMs + delayMs, act };
    waiting.add(entry);
    return () => waiting.delete(entry);
  }
  return {
    nowMs: () => nowMs,
    after,
    every(periodMs, act) {
      let stop = () => undefined as unknown;
      const again = () => {
        stop = after(periodMs, () => {
          again();
          act();
        });
      };
      again();
      return () => void stop();
    },
    async pass(spanMs) {
      const untilMs = nowMs + spanMs;
      for (;;) {
        await settle();
        const next = [...waiting]
          .filter(({ atMs }) => atMs <= untilMs)
          .toSorted((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.act();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
}
