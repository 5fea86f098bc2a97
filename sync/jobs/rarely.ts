/** Says the same thing once in a while instead of every second, while a database is away. */

const silenceMs = 30_000;

/** Calls `say` unless it was called with this key within the last thirty seconds. */
export function rarely<Detail>(
  say: (key: string, detail: Detail) => void,
): (key: string, detail: Detail) => void {
  const saidMs = new Map<string, number>();
  return (key, detail) => {
    const nowMs = performance.now();
    if (nowMs - (saidMs.get(key) ?? -Infinity) < silenceMs) return;
    saidMs.set(key, nowMs);
    say(key, detail);
  };
}
