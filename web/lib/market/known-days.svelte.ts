/** The last days of each watched symbol, asked for one symbol after another and kept for a while. */
import { SvelteMap } from 'svelte/reactivity';
import type { Failure } from '#core/errors.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import { ok, type Result } from '#core/result.ts';
import { daysOf, type Days } from './day-figures.ts';
import { dueTimes } from './due-times.ts';
import { servedBars } from './place-bars.ts';
import { placeKey, type PricePlace } from './price-place.ts';
import type { SignalsEngine } from './signals-engine.ts';
import { sparkPath } from './spark-path.ts';
import { takingTurns } from './taking-turns.ts';
import type { KnownDays } from './watch-row.ts';

/** Shown as a line. */
const shownDays = 30;
export const sparkSize = { width: 88, height: 20 } as const;
/** The forming day is told by prices meanwhile. */
const keptMs = 10 * 60_000;
const retryMs = 60_000;

export interface Watched {
  readonly symbol: string;
  readonly place: PricePlace | null;
}

export class DaysOfSymbols {
  private readonly known = new SvelteMap<string, KnownDays>();
  private readonly due = dueTimes();
  private readonly turns = takingTurns(2);
  private readonly engine: SignalsEngine;

  constructor(engine: SignalsEngine) {
    this.engine = engine;
  }
  of(symbol: string, place: PricePlace): KnownDays | null {
    return this.known.get(placeKey(symbol, place)) ?? null;
  }

  /** Call it while a component is set up. */
  follow(watched: () => readonly Watched[]): void {
    $effect(() => {
      const all = watched();
      const look = () => document.visibilityState === 'visible' && this.look(all);
      look();
      const timer = setInterval(look, retryMs);
      return () => clearInterval(timer);
    });
    $effect(() => () => this.turns.stop());
  }

  private look(all: readonly Watched[]): void {
    const nowMs = Date.now();
    for (const { symbol, place } of all) {
      if (!place) continue;
      const key = placeKey(symbol, place);
      if (!this.due.isDue(key, nowMs)) continue;
      this.due.putOff(key, nowMs + retryMs);
      this.turns.add(key, async () => {
        const days = await this.read(symbol, place);
        if (!days.ok) return;
        this.due.putOff(key, dueAfter(days.value, Date.now()));
        const path = sparkPath(days.value.closes, sparkSize);
        this.known.set(key, { days: days.value, path });
      });
    }
  }

  private async read(symbol: string, place: PricePlace): Promise<Result<Days, Failure>> {
    if (place.kind === 'stored') {
      const { id } = place.series;
      const bars = await this.engine.ask((worker) => worker.days(id, shownDays));
      return bars.ok ? ok(daysOf(bars.value, { isLastOpen: false })) : bars;
    }
    const told = await servedBars(place, symbol, { timeframe: 'D1', count: shownDays });
    return told.ok ? ok(daysOf(told.value.bars, told.value)) : told;
  }
}

/** When the day is over another has begun, which has to be asked for. */
function dueAfter({ timesMs, isLastOpen }: Days, nowMs: number): number {
  const lastMs = timesMs.at(-1);
  const endsMs = isLastOpen && lastMs !== undefined ? lastMs + DAY_MS : Infinity;
  return Math.max(nowMs + retryMs, Math.min(nowMs + keptMs, endsMs + 5_000));
}
