/**
 * The loops behind operators: one pass over whole columns, nothing looked up or called per bar.
 *
 * A number that is the same on every bar is a column of one value, read with the mask 0 where a
 * full column is read with the mask −1: one loop serves both.
 */
import type { ConstantOperator } from './constant.ts';
import type { CompareOperator } from './syntax.ts';

const maskOf = (column: Float64Array): number => (column.length === 1 ? 0 : -1);

/** A division by zero keeps the value of the bar before: NaN is for the warm-up alone. */
export function arithmeticColumn(
  length: number,
  operator: ConstantOperator,
  a: Float64Array,
  b: Float64Array,
): Float64Array {
  const out = new Float64Array(length);
  const left = maskOf(a);
  const right = maskOf(b);
  switch (operator) {
    case '+':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! + b[i & right]!;
      break;
    case '-':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! - b[i & right]!;
      break;
    case '*':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! * b[i & right]!;
      break;
    case '/': {
      let last = NaN;
      for (let i = 0; i < length; i++) {
        const divisor = b[i & right]!;
        if (divisor !== 0) last = a[i & left]! / divisor;
        out[i] = last;
      }
      break;
    }
    case 'min':
      for (let i = 0; i < length; i++) out[i] = Math.min(a[i & left]!, b[i & right]!);
      break;
    case 'max':
      for (let i = 0; i < length; i++) out[i] = Math.max(a[i & left]!, b[i & right]!);
      break;
  }
  return out;
}

export function absoluteColumn(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(values[i]!);
  return out;
}

/** The column `bars` bars ago: NaN, or 0 for a condition, where there was none yet. */
export function historyColumn<Column extends Float64Array | Uint8Array>(
  values: Column,
  bars: number,
): Column {
  const out = values.slice() as Column;
  out.fill(values instanceof Float64Array ? NaN : 0);
  if (bars < values.length) out.set(values.subarray(0, values.length - bars), bars);
  return out;
}

/** 1 where it holds; a comparison with a missing value never does. */
export function compareColumn(
  length: number,
  operator: CompareOperator,
  a: Float64Array,
  b: Float64Array,
): Uint8Array {
  const out = new Uint8Array(length);
  const left = maskOf(a);
  const right = maskOf(b);
  switch (operator) {
    case '<':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! < b[i & right]! ? 1 : 0;
      break;
    case '<=':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! <= b[i & right]! ? 1 : 0;
      break;
    case '>':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! > b[i & right]! ? 1 : 0;
      break;
    case '>=':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! >= b[i & right]! ? 1 : 0;
      break;
    case '==':
      for (let i = 0; i < length; i++) out[i] = a[i & left]! === b[i & right]! ? 1 : 0;
      break;
    case '!=':
      for (let i = 0; i < length; i++) {
        const x = a[i & left]!;
        const y = b[i & right]!;
        out[i] = x < y || x > y ? 1 : 0;
      }
      break;
  }
  return out;
}

export function crossColumn(
  length: number,
  direction: 'above' | 'below' | 'either',
  a: Float64Array,
  b: Float64Array,
): Uint8Array {
  const out = new Uint8Array(length);
  const left = maskOf(a);
  const right = maskOf(b);
  const up = direction === 'below' ? 0 : 1;
  const down = direction === 'above' ? 0 : 1;
  let before = length > 0 ? a[0]! - b[0]! : 0;
  for (let i = 1; i < length; i++) {
    const now = a[i & left]! - b[i & right]!;
    if (before < 0 && now > 0) out[i] = up;
    else if (before > 0 && now < 0) out[i] = down;
    before = now;
  }
  return out;
}

export function logicColumn(operator: 'and' | 'or', a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length);
  if (operator === 'and') for (let i = 0; i < out.length; i++) out[i] = a[i]! & b[i]!;
  else for (let i = 0; i < out.length; i++) out[i] = a[i]! | b[i]!;
  return out;
}

export function notColumn(a: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length);
  for (let i = 0; i < out.length; i++) out[i] = a[i]! ^ 1;
  return out;
}
