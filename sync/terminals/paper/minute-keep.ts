/** The minutes of one paper account under way: noted as they pass, kept now and then, read again. */
import type { HourOfMinutes, MinuteRecorder } from './paper-minutes.ts';

export interface MinuteStore {
  add(hours: readonly HourOfMinutes[]): Promise<void>;
  /** Hours that began before, newest first. */
  read(before: {
    readonly symbol: string;
    readonly hourMs: number;
    readonly limit: number;
  }): Promise<readonly HourOfMinutes[]>;
}

export interface MinuteKeep {
  note: MinuteRecorder['note'];
  /** With what is not kept yet. */
  hours(symbol: string, beforeMs: number, limit: number): Promise<readonly HourOfMinutes[]>;
  /** To be called often: keeps what is over, every other minute. */
  tick(nowMs: number): void;
  /** Keeps all there is. */
  close(): Promise<void>;
}

const keepEveryMs = 120_000;

export function minuteKeep(
  recorder: MinuteRecorder,
  store: MinuteStore,
  onTrouble: (error: unknown) => void,
): MinuteKeep {
  let keptMs: number | null = null;
  /** On their way: neither taken for kept nor forgotten. */
  let writing: readonly HourOfMinutes[] = [];
  let work: Promise<void> = Promise.resolve();
  const keep = (which: 'over' | 'all') => {
    work = work.then(async () => {
      writing = recorder.take(which);
      try {
        await store.add(writing);
      } catch (error) {
        recorder.putBack(writing);
        onTrouble(error);
      }
      writing = [];
    });
    return work;
  };
  return {
    note: (quote, utcMs) => recorder.note(quote, utcMs),
    async hours(symbol, beforeMs, limit) {
      const hourMs = Math.min(beforeMs, Number.MAX_SAFE_INTEGER);
      const kept = await store.read({ symbol, hourMs, limit });
      if (beforeMs !== Infinity) return kept;
      const fresh = [
        ...writing.filter((hour) => hour.symbol === symbol),
        ...recorder.unkept(symbol),
      ];
      return merged(kept, fresh);
    },
    tick(nowMs) {
      keptMs ??= nowMs;
      if (nowMs - keptMs < keepEveryMs) return;
      keptMs = nowMs;
      void keep('over');
    },
    close: () => keep('all'),
  };
}

/** By the hour, newest first. */
function merged(
  kept: readonly HourOfMinutes[],
  fresh: readonly HourOfMinutes[],
): readonly HourOfMinutes[] {
  const hours = new Map(kept.map((hour) => [hour.hourMs, hour]));
  for (const hour of fresh) {
    const there = hours.get(hour.hourMs);
    const minutes = there ? [...there.minutes, ...hour.minutes] : hour.minutes;
    hours.set(hour.hourMs, { ...hour, minutes });
  }
  return [...hours.values()].sort((a, b) => b.hourMs - a.hourMs);
}
