/**
 * How much history a strategy needs before it asks for the same whatever came before: averages
 * that feed on themselves, as the exponential one does, remember their first bar for long.
 *
 * The same last bars are evaluated with ever more bars before them and compared with what the
 * whole history says.
 */
import { sliceBars, type Bars } from '../../market/bars.ts';
import type { Evaluate } from './look-ahead.ts';
import { decides, signalColumns, type NamedColumn } from './signal-columns.ts';

export interface WarmUpRow {
  /** Bars before those that are compared. */
  readonly historyBars: number;
  /** Compared bars on which an entry or exit differs. */
  readonly signalsMoved: number;
  /** Largest difference of a level or line, as a part of its value; null without any. */
  readonly lineMoved: number | null;
}

export interface WarmUp {
  /** Bars until every series of the rules has a value. */
  readonly warmupBars: number;
  readonly comparedBars: number;
  /** Compared bars on which an entry or exit is asked for. */
  readonly signals: number;
  /** With rising history. */
  readonly rows: readonly WarmUpRow[];
  /**
   * The least history tried from which on no entry or exit differs and no line by more than a
   * thousandth; null where none does.
   */
  readonly recommendedBars: number | null;
}

const LEAST_HISTORY = 20;
const TIMES = [1, 1.5, 2, 3, 5, 8, 12];
const CLOSE_ENOUGH = 0.001;

/** Lines of the strategy's own, such as its averages; each with a value a bar. */
export type Lines = (bars: Bars) => readonly NamedColumn[];

/**
 * Yields the finished part, 0 … 1. null where the prices are too few to leave some out. At most
 * 1,000 bars, and a third of all, are compared.
 */
export function* measureWarmUp(
  evaluate: Evaluate,
  lines: Lines,
  bars: Bars,
): Generator<number, WarmUp | null> {
  const whole = evaluate(bars);
  if (!whole) return null;
  const comparedBars = Math.min(1_000, Math.floor(bars.length / 3));
  const base = Math.max(LEAST_HISTORY, whole.warmupBars + 1);
  const histories = TIMES.map((times) => Math.ceil(base * times)).filter(
    (history) => history + comparedBars < bars.length,
  );
  if (comparedBars < 1 || histories.length === 0) return null;
  const all = columnsOf(evaluate, lines, bars)!;
  const rows: WarmUpRow[] = [];
  for (const [done, historyBars] of histories.entries()) {
    const from = bars.length - comparedBars - historyBars;
    const part = columnsOf(evaluate, lines, sliceBars(bars, from, bars.length));
    if (part) rows.push({ historyBars, ...moved(all, part, comparedBars) });
    yield (done + 1) / histories.length;
  }
  const settled = rows.findLastIndex(
    ({ signalsMoved, lineMoved }) => signalsMoved > 0 || (lineMoved ?? 0) > CLOSE_ENOUGH,
  );
  const last = bars.length - comparedBars;
  let signals = 0;
  for (let i = last; i < bars.length; i++) {
    if (whole.entry[i] !== 0 || whole.exit[i] !== 0) signals++;
  }
  return {
    warmupBars: whole.warmupBars,
    comparedBars,
    signals,
    rows,
    recommendedBars: rows[settled + 1]?.historyBars ?? null,
  };
}

function columnsOf(evaluate: Evaluate, lines: Lines, bars: Bars): readonly NamedColumn[] | null {
  const signals = evaluate(bars);
  return signals && [...signalColumns(signals), ...lines(bars)];
}

/** How the last `compared` values differ. */
function moved(
  whole: readonly NamedColumn[],
  part: readonly NamedColumn[],
  compared: number,
): Pick<WarmUpRow, 'signalsMoved' | 'lineMoved'> {
  const different = new Set<number>();
  let lineMoved: number | null = null;
  for (const column of whole) {
    const other = part.find(({ name }) => name === column.name)?.values;
    if (!other) continue;
    const isDecision = decides(column);
    for (let back = 1; back <= compared; back++) {
      const a = column.values.at(-back)!;
      const b = other.at(-back)!;
      if (isDecision && a !== b) different.add(back);
      if (isDecision || Number.isNaN(a) || Number.isNaN(b)) continue;
      const size = Math.max(Math.abs(a), Math.abs(b));
      lineMoved = Math.max(lineMoved ?? 0, size === 0 ? 0 : Math.abs(a - b) / size);
    }
  }
  return { signalsMoved: different.size, lineMoved };
}
