/** What the signals say of every watched symbol, counted in a worker one symbol after another. */
import { SvelteMap } from 'svelte/reactivity';
import type { Failure } from '#core/errors.ts';
import { isTickSeries, type PriceSeries } from '#core/collections/price-series.ts';
import type { Result } from '#core/result.ts';
import type { SignalsOfSymbol } from '#core/signals/signals-of.ts';
import { fail } from '#core/result.ts';
import type { StoredBars } from '#workers/signals/api.ts';
import { seriesFor } from '../chart/chart-source.ts';
import { dueTimes } from './due-times.ts';
import { closedBars, servedBars } from './place-bars.ts';
import { placeKey, type PricePlace } from './price-place.ts';
import type { SignalsEngine } from './signals-engine.ts';
import { takingTurns } from './taking-turns.ts';
import type { Watched } from './known-days.svelte.ts';

/** Enough for the slowest signal many times over, and for a past where none is stored. */
const toldBars = 1_500;
const lookEveryMs = 60_000;
const keptMs = 5 * 60_000;

export interface Judged {
  readonly symbol: string;
  readonly place: PricePlace;
  /** Where the past was counted: in stored bars, or in those of the place itself. */
  readonly pastIn: 'stored' | 'place';
  readonly result: Result<SignalsOfSymbol, Failure>;
}

export interface BoardAsk {
  readonly watched: readonly Watched[];
  readonly series: readonly PriceSeries[];
  readonly timeframe: string;
}

export class SignalBoard {
  private readonly judged = new SvelteMap<string, Judged>();
  private readonly due = dueTimes();
  private readonly turns = takingTurns(1);
  private readonly engine: SignalsEngine;

  constructor(engine: SignalsEngine) {
    this.engine = engine;
  }

  of({ watched, timeframe }: BoardAsk): readonly Judged[] {
    return watched.flatMap(({ symbol, place }) => {
      const found = place && this.judged.get(keyOf(symbol, place, timeframe));
      return found ? [found] : [];
    });
  }

  /** Call it while a component is set up. */
  follow(asked: () => BoardAsk): void {
    $effect(() => {
      const now = asked();
      const look = () => document.visibilityState === 'visible' && this.look(now);
      look();
      const timer = setInterval(look, lookEveryMs);
      return () => {
        clearInterval(timer);
        this.turns.stop();
      };
    });
  }

  private look({ watched, series, timeframe }: BoardAsk): void {
    const nowMs = Date.now();
    for (const { symbol, place } of watched) {
      if (!place) continue;
      const key = keyOf(symbol, place, timeframe);
      if (!this.due.isDue(key, nowMs)) continue;
      this.turns.add(key, async () => {
        this.due.putOff(key, Date.now() + keptMs);
        const history = storedFor(series, symbol, timeframe);
        const result = await this.judge({ symbol, place, timeframe, history });
        const pastIn = history ? 'stored' : 'place';
        this.judged.set(key, { symbol, place, pastIn, result });
      });
    }
  }

  private async judge(asked: {
    readonly symbol: string;
    readonly place: PricePlace;
    readonly timeframe: string;
    readonly history: StoredBars | null;
  }): Promise<Result<SignalsOfSymbol, Failure>> {
    const { symbol, place, timeframe, history } = asked;
    if (place.kind === 'stored') {
      if (!history) return fail({ code: 'market.timeframe-unknown', detail: '' });
      return this.engine.ask((worker) => worker.signals({ now: history, history: null }));
    }
    const told = await servedBars(place, symbol, { timeframe, count: toldBars });
    if (!told.ok) return told;
    const now = closedBars(told.value);
    return this.engine.ask((worker) => worker.signals({ now, history }));
  }
}

const keyOf = (symbol: string, place: PricePlace, timeframe: string) =>
  `${timeframe} ${placeKey(symbol, place)}`;

function storedFor(
  series: readonly PriceSeries[],
  symbol: string,
  timeframe: string,
): StoredBars | null {
  const bars = series.filter((each) => !isTickSeries(each));
  const found = seriesFor(bars, symbol, timeframe);
  return found && { seriesId: found.id, timeframe };
}
