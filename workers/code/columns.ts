/** The indicator columns that a strategy declared, computed outside its machine over whole series. */
import { assert } from '#core/assert.ts';
import type { Failure } from '#core/errors.ts';
import type { Indicator, IndicatorParameter } from '#core/indicators/indicator.ts';
import { findIndicator } from '#core/indicators/registry.ts';
import { indicatorColumns } from '#core/rules/indicator-columns.ts';
import { prices, type Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { barColumns } from './layout.ts';

/** What `ctx.indicator` was called with; `sources` are ids of columns. */
export interface Declaration {
  readonly name: string;
  readonly sources: readonly number[];
  readonly parameters: readonly (number | null)[];
}

/** The outputs of an indicator; `onSlice` is called now and then while a long one is made. */
export type Compute = (
  indicator: Indicator,
  sources: readonly Float64Array[],
  parameters: readonly number[],
  onSlice: () => void,
) => readonly Float64Array[];

const inSlices: Compute = ({ name }, sources, parameters, onSlice) => {
  const steps = indicatorColumns(name, sources, parameters);
  for (;;) {
    const step = steps.next();
    onSlice();
    if (step.done) return step.value;
  }
};

export interface ColumnPorts {
  /** Another way to compute them, for the test of what finds a leak. */
  readonly compute?: Compute | undefined;
  readonly onSlice?: () => void;
}

/** The columns of the bars by their ids in `layout.ts`; volume is NaN where there is none. */
export function columnsOf(bars: Bars): Float64Array[] {
  return barColumns.map((name) => {
    if (name === 'openMs') return bars.timesMs;
    if (name === 'volume') return bars.volume ?? new Float64Array(bars.length).fill(NaN);
    return prices(bars.bid, name, bars.scale);
  });
}

/**
 * All columns of a run, those of the bars first, then each output of each declaration.
 *
 * Errors: `code.threw` for an indicator called with what it does not take, `run.volume-missing`.
 */
export function declaredColumns(
  declarations: readonly Declaration[],
  bars: Bars,
  { compute = inSlices, onSlice = () => undefined }: ColumnPorts = {},
): Result<readonly Float64Array[], Failure> {
  const columns = columnsOf(bars);
  for (const declaration of declarations) {
    const indicator = findIndicator(declaration.name);
    assert(indicator !== null, 'the machine knows the names of the indicators');
    const call = readCall(indicator, declaration);
    if (!call.ok) return call;
    const { series, parameters } = call.value;
    if (!bars.volume && needsVolume(indicator, series)) return fail(noVolume(indicator));
    const sources = indicator.sources.map((name) => {
      const id = name === 'series' ? series.shift()! : barColumns.indexOf(name);
      return columns[id]!;
    });
    columns.push(...compute(indicator, sources, parameters, onSlice));
  }
  return ok(columns);
}

function readCall(
  indicator: Indicator,
  { sources, parameters }: Declaration,
): Result<{ readonly series: number[]; readonly parameters: readonly number[] }, Failure> {
  const { name } = indicator;
  const wanted = indicator.sources.filter((source) => source === 'series').length;
  if (sources.length !== wanted) {
    const takes = wanted === 0 ? 'no series' : wanted === 1 ? 'one series' : `${wanted} series`;
    return wrong(`${name} takes ${takes} before its numbers, not ${sources.length}.`);
  }
  if (parameters.length > indicator.parameters.length) {
    return wrong(`${name} takes ${indicator.parameters.length} numbers, not ${parameters.length}.`);
  }
  const values: number[] = [];
  for (const [index, parameter] of indicator.parameters.entries()) {
    const value = index < parameters.length ? parameters[index]! : parameter.default;
    const fault = parameterFault(parameter, value);
    if (fault) return wrong(`${name}: ${fault}`);
    values.push(value!);
  }
  return ok({ series: [...sources], parameters: values });
}

function parameterFault(parameter: IndicatorParameter, value: number | null): string | null {
  const { name, kind, min, max } = parameter;
  if (value === null || !Number.isFinite(value)) return `${name} must be a number.`;
  if (kind === 'period' && !Number.isInteger(value)) {
    return `${name} must be a whole number, not ${value}.`;
  }
  return value < min || value > max ? `${name} must be from ${min} to ${max}, not ${value}.` : null;
}

function needsVolume({ sources }: Indicator, series: readonly number[]): boolean {
  return sources.includes('volume') || series.includes(barColumns.indexOf('volume'));
}

function noVolume({ name }: Indicator): Failure {
  const detail = `${name} needs volume, and the series has none.`;
  return { code: 'run.volume-missing', detail };
}

function wrong(detail: string) {
  return fail<Failure>({ code: 'code.threw', detail });
}

/** W: the first bar on which every declared column has a value; the length where one has none. */
export function warmupBarsOf(columns: readonly Float64Array[]): number {
  let warmup = 0;
  for (const column of columns.slice(barColumns.length)) {
    const first = column.findIndex((value) => !Number.isNaN(value));
    warmup = Math.max(warmup, first < 0 ? column.length : first);
  }
  return warmup;
}

/** A name for each declared column: `sma(20)`, `bollinger(20, 2).upper`. */
export function columnNames(declarations: readonly Declaration[]): readonly string[] {
  return declarations.flatMap(({ name, parameters }) => {
    const { outputs = [''] } = findIndicator(name) ?? {};
    const call = `${name}(${parameters.join(', ')})`;
    return outputs.map((output) => (output === '' ? call : `${call}.${output}`));
  });
}
