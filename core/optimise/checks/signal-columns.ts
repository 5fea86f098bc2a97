/** Everything a strategy asks for, as columns with a value a bar, by name. */
import type { Signals } from '../../execution/signals.ts';

export type SignalColumn = Float64Array | Int8Array | Uint8Array | Int32Array;

export interface NamedColumn {
  /** Where it stands in the signals: `entry`, `stop.long`. */
  readonly name: string;
  readonly values: SignalColumn;
}

/** Columns of the orders of a plan are among them. */
export function signalColumns(signals: Signals): readonly NamedColumn[] {
  return columnsIn(signals, '', signals.length);
}

function columnsIn(value: unknown, name: string, bars: number): readonly NamedColumn[] {
  if (isColumn(value)) return value.length === bars ? [{ name, values: value }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    columnsIn(inner, name === '' ? key : `${name}.${key}`, bars),
  );
}

function isColumn(value: unknown): value is SignalColumn {
  return (
    value instanceof Float64Array ||
    value instanceof Int8Array ||
    value instanceof Uint8Array ||
    value instanceof Int32Array
  );
}

/** True for what says yes or no, a side, a kind; false for a level that moves by degrees. */
export function decides({ values }: NamedColumn): boolean {
  return !(values instanceof Float64Array);
}
