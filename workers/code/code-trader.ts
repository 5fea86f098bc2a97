/** A code strategy in its machine as the trader of a run: one call for each closed bar. */
import { readCode } from '#core/code/read-code.ts';
import type { OrderDesk, Trader } from '#core/execution/order-desk.ts';
import type { Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { inputValues } from '#core/rules/input-values.ts';
import type { CodeFailure, CodeLimits } from './api.ts';
import { declaredColumns, warmupBarsOf, type Compute, type Declaration } from './columns.ts';
import { carryOut, commandsIn, show, shownOf } from './desk-bridge.ts';
import { callFailure, noMemory, syntaxFailure, tooMuchOutput } from './failures.ts';
import { HISTORY_BARS } from './layout.ts';
import { openProgram, type Program } from './program.ts';
import { watchCalls, type Watch } from './watch.ts';

export interface CodeInput {
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
  readonly bars: Bars;
}

export interface CodePorts {
  readonly limits: Pick<CodeLimits, 'memoryBytes' | 'callMs'>;
  readonly nowMs: () => number;
  readonly compute?: Compute | undefined;
  /** Shown every order as it is given, for the comparison of two runs. */
  readonly onCommands?: (bar: number, commands: Float64Array) => void;
  readonly onLog?: (line: string) => void;
  /** The sign of life, when the machine stands and between slices of a long column. */
  readonly onAlive?: () => void;
}

export interface CodeTrader extends Trader {
  /** W: the strategy is asked from the bar after this. */
  readonly warmupBars: number;
  /** The indicators it asked for. */
  readonly declared: readonly Declaration[];
  /** Every input with the value it has. */
  readonly inputs: Readonly<Record<string, number>>;
  /** One more than the last bar that was asked about. */
  askedBars(): number;
  /** Hands on what was written to the log since it was last asked. */
  flush(): void;
  /** The same after a failure, as far as the machine still answers. */
  lastWords(): void;
}

/** Thrown out of a broker's loop by a strategy that cannot go on; `stopOf` reads it. */
class Stop extends Error {
  readonly failure: CodeFailure;
  constructor(failure: CodeFailure) {
    super(failure.detail);
    this.failure = failure;
  }
}

/** What stopped a run, or null where the error is a bug of ours. */
export function stopOf(error: unknown): CodeFailure | null {
  return error instanceof Stop ? error.failure : null;
}

/**
 * Loads a strategy, lets it declare its columns and computes them.
 *
 * Errors: `code.syntax` with the problems, `code.threw`, `code.endless`, `code.memory`,
 * `code.output-too-large`, `run.input-unknown`, `run.input-invalid`, `run.volume-missing`. From
 * the trader they are thrown as what `stopOf` reads.
 */
export async function codeTrader(
  { source, inputs, bars }: CodeInput,
  ports: CodePorts,
): Promise<Result<CodeTrader, CodeFailure>> {
  const read = readCode(source);
  if (!read.program) return fail(syntaxFailure(read.problems));
  const given = inputValues({ inputs: read.program.inputs, requirements: [] }, inputs);
  if (!given.ok) return given;
  const values: Record<string, number> = {};
  for (const { name } of read.program.inputs) values[name] = given.value.get(name.toLowerCase())!;

  const watch = watchCalls(ports.nowMs, ports.limits.callMs);
  const program = await openProgram({
    source,
    javascript: read.program.javascript,
    values,
    memoryBytes: ports.limits.memoryBytes,
    watch,
    onOpen: () => ports.onAlive?.(),
  });
  if (!program.ok) return program;
  const columns = declaredColumns(program.value.declared, bars, {
    compute: ports.compute,
    onSlice: () => ports.onAlive?.(),
  });
  if (!columns.ok) return columns;
  if (!program.value.attach(columns.value.length * HISTORY_BARS)) return fail(noMemory);
  return ok({
    ...traderOf(program.value, columns.value, { source, watch, ports }),
    declared: program.value.declared,
    inputs: values,
  });
}

interface Around {
  readonly source: string;
  readonly watch: Watch;
  readonly ports: CodePorts;
}

function traderOf(
  program: Program,
  columns: readonly Float64Array[],
  { source, watch, ports }: Around,
): Omit<CodeTrader, 'inputs' | 'declared'> {
  const warmupBars = warmupBarsOf(columns);
  let shownBars = 0;

  /** Brings every bar up to this one into the machine; what lies ahead stays outside. */
  function feed(bar: number): void {
    const rings = program.rings();
    for (; shownBars <= bar; shownBars++) {
      const place = shownBars & (HISTORY_BARS - 1);
      for (let id = 0; id < columns.length; id++) {
        rings[id * HISTORY_BARS + place] = columns[id]![shownBars]!;
      }
    }
  }

  function onBar(market: number, bar: number, desk: OrderDesk): void {
    if (market !== 0) return;
    feed(bar);
    if (bar <= warmupBars) return;
    show(program.shared(), bar, shownOf(desk));
    watch.begin();
    const answer = program.step();
    if (typeof answer !== 'number') throw new Stop(callFailure(answer.thrown, source, watch));
    if (answer !== 0) throw new Stop(program.whatThrew());
    const commands = commandsIn(program.shared());
    if (commands.length === 0) return;
    ports.onCommands?.(bar, commands);
    for (const word of carryOut(commands, desk)) ports.onLog?.(`bar ${bar + 1}: ${word}`);
  }

  function takeLines(): boolean {
    const { lines, overflowed } = program.takeLines();
    for (const line of lines) ports.onLog?.(line);
    return overflowed;
  }

  return {
    onBar,
    warmupBars,
    askedBars: () => shownBars,
    flush() {
      if (takeLines()) throw new Stop(tooMuchOutput);
    },
    lastWords: () => void takeLines(),
  };
}
