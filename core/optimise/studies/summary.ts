/** What many paths say about a run: bands, and where the run itself stands among them. */
import type { Band } from '../trade-order.ts';
import type { PathEnd } from './path-end.ts';
import type { StudyPart } from './run-study.ts';

export interface StudySummary {
  readonly paths: number;
  readonly real: PathEnd;
  /** 5th, 50th and 95th percentile over the paths. */
  readonly returnBand: Band;
  readonly drawdownBand: Band;
  /** Share of paths that end below the start, 0 … 1. */
  readonly lossShare: number;
  /** Share of paths whose return is lower than the run's, 0 … 1. */
  readonly below: number;
  /** Share of paths that did as well or better, the run counted as one of them: its p value. */
  readonly chance: number;
  /** Returns in percent, rising. */
  readonly returns: Float64Array;
}

/** Parts in the order of their paths; at least one path. */
export function summarise(parts: readonly StudyPart[]): StudySummary {
  const joined = (pick: (part: StudyPart) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...pick(part)])).sort();
  const returns = joined((part) => part.returnPct);
  const drawdowns = joined((part) => part.drawdownPct);
  const { real } = parts[0]!;
  const paths = returns.length;
  const atLeast = returns.filter((value) => value >= real.returnPct).length;
  return {
    paths,
    real,
    returnBand: bandOf(returns),
    drawdownBand: bandOf(drawdowns),
    lossShare: returns.filter((value) => value < 0).length / paths,
    below: (paths - atLeast) / paths,
    chance: (atLeast + 1) / (paths + 1),
    returns,
  };
}

function bandOf(sorted: Float64Array): Band {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(0.05), middle: at(0.5), high: at(0.95) };
}
