/** What every signal says of a symbol at its last closed bar, with what became of it in the past. */
import { prices, type Bars } from '../market/bars.ts';
import type { Failure } from '../errors.ts';
import { ok, type Result } from '../result.ts';
import { pastHits, type PastHits } from './past-hits.ts';
import { signalColumns, type ReadySignal } from './signal-columns.ts';

export interface SpokenSignal {
  readonly name: string;
  readonly side: 'up' | 'down';
  /** 0 … 100; null where it cannot be told. */
  readonly strength: number | null;
  /** The open of the bar on which it began to point there. */
  readonly sinceMs: number;
  readonly sinceBars: number;
  /** The series that its reason names, at the last bar. */
  readonly values: Readonly<Record<string, number>>;
  readonly past: PastHits;
}

export interface SignalsOfSymbol {
  /** The open of the last closed bar; null without any. */
  readonly asOfMs: number | null;
  readonly digits: number;
  readonly spoken: readonly SpokenSignal[];
  /** Names of those that point nowhere. */
  readonly quiet: readonly string[];
  /** Names of those that would need more bars. */
  readonly unready: readonly string[];
  /** Where the past was counted. */
  readonly history: {
    readonly bars: number;
    readonly firstMs: number;
    readonly lastMs: number;
  } | null;
}

/** `history` are the bars in which the past is counted, `now` those whose last bar is judged. */
export function signalsOf(
  signals: readonly ReadySignal[],
  { now, history }: { readonly now: Bars; readonly history: Bars },
): Result<SignalsOfSymbol, Failure> {
  const last = now.length - 1;
  const spoken: SpokenSignal[] = [];
  const quiet: string[] = [];
  const unready: string[] = [];
  const closes = prices(history.bid, 'close', history.scale);
  for (const signal of signals) {
    const { name, horizonBars } = signal.rule;
    const present = signalColumns(signal, now);
    if (!present.ok) return present;
    const { sides, strength, named, warmupBars } = present.value;
    if (last <= warmupBars) unready.push(name);
    const side = sides[last];
    if (side !== 1 && side !== -1) {
      if (last > warmupBars) quiet.push(name);
      continue;
    }
    const before = history === now ? present : signalColumns(signal, history);
    if (!before.ok) return before;
    const first = beginOf(sides, last);
    spoken.push({
      name,
      side: side === 1 ? 'up' : 'down',
      strength: finite(strength[last]),
      sinceMs: now.timesMs[first]!,
      sinceBars: last - first,
      values: Object.fromEntries([...named].map(([key, values]) => [key, values[last]!])),
      past: pastHits({ side, sides: before.value.sides, closes, horizonBars }),
    });
  }
  return ok({
    asOfMs: now.timesMs[last] ?? null,
    digits: now.digits,
    ...{ spoken, quiet, unready, history: spanOf(history) },
  });
}

function beginOf(sides: Int8Array, last: number): number {
  let first = last;
  while (first > 0 && sides[first - 1] === sides[last]) first--;
  return first;
}

function spanOf({ length, timesMs }: Bars): SignalsOfSymbol['history'] {
  return length === 0 ? null : { bars: length, firstMs: timesMs[0]!, lastMs: timesMs[length - 1]! };
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
