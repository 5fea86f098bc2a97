/** What works out a bot's asks at the close of a bar: rules here, code in a thread of its own kind. */
import type { Ask } from '#core/automation/asks.ts';
import type { BotBook } from '#core/automation/bot-book.ts';
import { gridOf } from '#core/automation/bot-terms.ts';
import type { BotTerms } from '#core/automation/bot-terms.ts';
import { decide } from '#core/automation/decide.ts';
import type { SizingQuote } from '#core/automation/size.ts';
import { onGrid } from '#core/automation/grid-signals.ts';
import type { Failure } from '#core/errors.ts';
import type { LevelGrid } from '#core/execution/level-grid.ts';
import type { Signals } from '#core/execution/signals.ts';
import type { Bars } from '#core/market/bars.ts';
import { ok, type Result } from '#core/result.ts';
import { evaluateRules } from '#core/rules/evaluate.ts';
import type { Program } from '#core/rules/program.ts';
import type { WatchedBar } from './bot-rows.ts';

export interface Thinking {
  readonly rows: readonly WatchedBar[];
  /** The same in columns. */
  readonly bars: Bars;
  readonly book: BotBook;
  readonly quote: SizingQuote;
  readonly terms: BotTerms;
  readonly capital: number;
}

export interface Thought {
  readonly asks: readonly Ask[];
  /** That the strategy has open at once; null = as many as its settings let. */
  readonly maxPositions: number | null;
  /** What the strategy wrote. */
  readonly lines: readonly string[];
}

export interface Brain {
  /** Null where somebody else has thought about the bar, or nobody can just now. */
  think(about: Thinking): Promise<Result<Thought | null, Failure>>;
}

export function ruleBrain(program: Program, inputs: Readonly<Record<string, number>>): Brain {
  return {
    think({ bars, book, quote, terms, capital }) {
      const signals = signalsOf(program, bars, inputs, gridOf(terms));
      if (!signals.ok) return Promise.resolve(signals);
      const asks = decide({ signals: signals.value, terms, bars, book, capital, quote });
      const maxPositions = signals.value.plan?.maxPositions ?? null;
      return Promise.resolve(ok({ asks, maxPositions, lines: [] }));
    },
  };
}

export function signalsOf(
  program: Program,
  bars: Bars,
  inputs: Readonly<Record<string, number>>,
  grid: LevelGrid,
): Result<Signals, Failure> {
  const steps = evaluateRules(program, bars, inputs);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value.ok ? ok(onGrid(step.value.value, grid)) : step.value;
}
