/** What an expression stands for, known before any bar is read. */
import type { Constant } from './constant.ts';
import type { Operand } from './plan.ts';
import type { RuleFunction } from './functions.ts';

export type Pane = 'price' | 'own';

export type Value =
  | { readonly type: 'number'; readonly constant: Constant }
  | { readonly type: 'series'; readonly column: number; readonly pane: Pane }
  | { readonly type: 'condition'; readonly column: number }
  /** A call with several outputs, before one is chosen by a dot. */
  | {
      readonly type: 'outputs';
      readonly column: number;
      readonly pane: Pane;
      readonly made: RuleFunction;
      /** The frame it was called in. */
      readonly frame: number;
    }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'list'; readonly items: readonly Value[] }
  /** Already reported; nothing more is said of it. */
  | { readonly type: 'unknown' };

export const unknown: Value = { type: 'unknown' };

/** How a value is called in a sentence. */
export function describeValue(value: Value): string {
  switch (value.type) {
    case 'number':
      return 'a number';
    case 'series':
      return 'a series';
    case 'condition':
      return 'a condition';
    case 'outputs':
      return `several series (${value.made.outputs.join(', ')})`;
    case 'text':
      return 'a text';
    case 'list':
      return 'a list';
    case 'unknown':
      return 'unknown';
  }
}

export function numberValue(value: number): Value {
  return { type: 'number', constant: { kind: 'number', value } };
}

/** A number or a series as an operand; null for anything else. */
export function operandOf(value: Value): Operand | null {
  if (value.type === 'number') return { constant: value.constant };
  return value.type === 'series' ? { column: value.column } : null;
}
