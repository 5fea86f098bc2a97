/** What the sandbox worker can be asked, over Comlink: one run, after which it is thrown away. */
import type { WarmupRow } from '#core/code/warm-up.ts';
import type { Outcome } from '#core/execution/outcome.ts';
import type { RunSettings } from '#core/execution/settings.ts';
import type { Failure } from '#core/errors.ts';
import type { Market } from '#core/execution/order-desk.ts';
import type { Result } from '#core/result.ts';
import type { Problem } from '#core/rules/problem.ts';

export interface CodeRequest {
  /** TypeScript. */
  readonly source: string;
  /** Values for inputs of the strategy; missing = the default in the text. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly market: Market;
  readonly settings: RunSettings;
  readonly limits: CodeLimits;
}

export interface CodeLimits {
  /** Of the machine that the text runs in. */
  readonly memoryBytes: number;
  /** For one call of `init` or `next`; longer is an endless loop. */
  readonly callMs: number;
  /** Without any sign of life, after which the worker is ended from outside. */
  readonly silentMs: number;
  /** For the whole run. */
  readonly runMs: number;
}

export const standardLimits: CodeLimits = {
  memoryBytes: 128 * 2 ** 20,
  callMs: 2_000,
  silentMs: 5_000,
  runMs: 15 * 60_000,
};

export interface CodeRun {
  /** Every input of the strategy with the value it had. */
  readonly inputs: Readonly<Record<string, number>>;
  readonly warmupBars: number;
  /** What its columns need, one a row. */
  readonly warmup: readonly WarmupRow[];
  readonly outcome: Outcome;
  /** What the strategy wrote and which orders were refused, in the order of the bars. */
  readonly log: readonly string[];
}

export interface CodeFailure extends Failure {
  /** Where in the text, for what can be pointed at. */
  readonly problems?: readonly Problem[];
  readonly log?: readonly string[];
}

export interface CodeWorker {
  /** Resolves once the machine has been fetched and stands; for a device that goes offline later. */
  warm(): Promise<void>;
  /** `onProgress` is told the share of bars done, 0 … 1: the sign of life. */
  run(
    request: CodeRequest,
    onProgress: (ratio: number) => void,
  ): Promise<Result<CodeRun, CodeFailure>>;
}
