/**
 * Prices that a trader brought, played again: ticks jump, bars are walked.
 *
 * Through a bar price goes as in a backtest's pessimistic walk (`core/execution/broker/path.ts`):
 * from the open to the extreme that hurts what is held, to the other and to the close. Each leg
 * has a third of the bar's time. Hours without prices are skipped.
 */
import type { Bars, PriceField } from '#core/market/bars.ts';
import type { Ticks } from '#core/market/ticks.ts';
import type { PaperStep } from './paper-broker.ts';

export type Series =
  | { readonly symbol: string; readonly kind: 'bars'; readonly bars: Bars }
  | { readonly symbol: string; readonly kind: 'ticks'; readonly ticks: Ticks };

/** Whether a way down first is the worse one for what is held and ordered of a symbol. */
export type HurtsLow = (symbol: string) => boolean;

export interface Replay {
  /** When the next step is due on the prices' own clock; null = there are no more. */
  nextMs(): number | null;
  /** Takes the next step. */
  take(hurtsLow: HurtsLow): PaperStep;
}

/** Points by which the ask stands above the bid where no ask is known. */
export type SpreadOf = (symbol: string) => number;

interface Cursor {
  readonly nextMs: number;
  take(hurtsLow: HurtsLow): PaperStep;
}

/** From the first price that is later than `afterMs` on. */
export function openReplay(series: readonly Series[], afterMs: number, spreadOf: SpreadOf): Replay {
  const cursors: { readonly steps: Iterator<Cursor, undefined>; next: Cursor | undefined }[] =
    series.map((each) => {
      const steps =
        each.kind === 'bars'
          ? barSteps(each, { afterMs, spread: spreadOf(each.symbol) })
          : tickSteps(each, { afterMs, spread: spreadOf(each.symbol) });
      return { steps, next: steps.next().value };
    });
  const soonest = () => {
    let best: (typeof cursors)[number] | null = null;
    for (const cursor of cursors) {
      if (cursor.next && cursor.next.nextMs < (best?.next?.nextMs ?? Infinity)) best = cursor;
    }
    return best;
  };
  return {
    nextMs: () => soonest()?.next?.nextMs ?? null,
    take(hurtsLow) {
      const cursor = soonest();
      if (!cursor?.next) throw new Error('Broken promise: there is a next step');
      const step = cursor.next.take(hurtsLow);
      cursor.next = cursor.steps.next().value;
      return step;
    },
  };
}

interface From {
  readonly afterMs: number;
  readonly spread: number;
}

function* tickSteps(
  { symbol, ticks }: Extract<Series, { kind: 'ticks' }>,
  { afterMs, spread }: From,
): Generator<Cursor, undefined> {
  const { timesMs, bid, ask, scale, digits } = ticks;
  const above = spread * (scale / 10 ** digits);
  for (let i = firstAfter(timesMs, afterMs); i < ticks.length; i++) {
    const low = bid[i]!;
    const high = ask ? ask[i]! : low + above;
    const step = { symbol, bid: low / scale, ask: high / scale, way: 'jump' } as const;
    yield { nextMs: timesMs[i]!, take: () => step };
  }
}

function* barSteps(
  series: Extract<Series, { kind: 'bars' }>,
  { afterMs, spread }: From,
): Generator<Cursor, undefined> {
  const { symbol, bars } = series;
  const { timesMs, scale, digits, bid, ask, length } = bars;
  const above = ask ? 0 : spread * (scale / 10 ** digits);
  const at = (field: PriceField, i: number) => ({
    symbol,
    bid: bid[field][i]! / scale,
    ask: ((ask ?? bid)[field][i]! + above) / scale,
  });
  for (let i = firstAfter(timesMs, afterMs); i < length; i++) {
    const openMs = timesMs[i]!;
    const legMs = lengthOf(timesMs, i) / 4;
    let isLowFirst = true;
    yield {
      nextMs: openMs,
      take: () => ({ ...at('open', i), way: 'jump', targetsWait: true }),
    };
    yield {
      nextMs: openMs + legMs,
      take(hurtsLow) {
        isLowFirst = hurtsLow(symbol);
        return { ...at(isLowFirst ? 'low' : 'high', i), way: 'walk', settlesTargets: true };
      },
    };
    yield {
      nextMs: openMs + 2 * legMs,
      take: () => ({ ...at(isLowFirst ? 'high' : 'low', i), way: 'walk' }),
    };
    yield { nextMs: openMs + 3 * legMs, take: () => ({ ...at('close', i), way: 'walk' }) };
  }
}

/** To the next bar, but no longer than the one before lasted; of a single bar a minute. */
function lengthOf(timesMs: Float64Array, i: number): number {
  const next = (timesMs[i + 1] ?? Infinity) - timesMs[i]!;
  const before = i > 0 ? timesMs[i]! - timesMs[i - 1]! : Infinity;
  const length = Math.min(next, before);
  return length === Infinity ? 60_000 : length;
}

/** The index of the first time that is later. */
export function firstAfter(timesMs: Float64Array, afterMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! > afterMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
