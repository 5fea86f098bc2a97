/** Numbers of a rule text that do not change from bar to bar: literals, inputs and sums of them. */
import { unreachable } from '../assert.ts';
import type { ArithmeticOperator } from './syntax.ts';

export type ConstantOperator = ArithmeticOperator | 'min' | 'max';

export type Constant =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'absolute'; readonly of: Constant }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ConstantOperator;
      readonly left: Constant;
      readonly right: Constant;
    };

/** Values of the inputs by lower-case name. */
export type InputValues = ReadonlyMap<string, number>;

export function constantValue(constant: Constant, inputs: InputValues): number {
  switch (constant.kind) {
    case 'number':
      return constant.value;
    case 'input':
      return inputs.get(constant.name) ?? NaN;
    case 'absolute':
      return Math.abs(constantValue(constant.of, inputs));
    case 'arithmetic': {
      const left = constantValue(constant.left, inputs);
      const right = constantValue(constant.right, inputs);
      switch (constant.operator) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return left / right;
        case 'min':
          return Math.min(left, right);
        case 'max':
          return Math.max(left, right);
        default:
          return unreachable(constant.operator);
      }
    }
  }
}

/** How many signs it is made of, counted as often as they are computed. */
export function constantSize(constant: Constant): number {
  if (constant.kind === 'number' || constant.kind === 'input') return 0;
  if (constant.kind === 'absolute') return 1 + constantSize(constant.of);
  return 1 + constantSize(constant.left) + constantSize(constant.right);
}

/** What a constant must be; broken by the text it is an error there, by an input at the run. */
export interface Requirement {
  readonly constant: Constant;
  /** Both inclusive. */
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly notZero?: true;
  /** Written as a percentage. */
  readonly percent?: true;
  /** `The period of sma`. */
  readonly subject: string;
  readonly suggestion?: string;
  readonly from: number;
  readonly to: number;
}

/** Why the value cannot be, one sentence, or null where it can. */
export function brokenRequirement(requirement: Requirement, inputs: InputValues): string | null {
  const value = constantValue(requirement.constant, inputs);
  const { min, max, whole, notZero, percent, subject } = requirement;
  const text = (number: number) =>
    percent ? `${Number((number * 100).toPrecision(12))}%` : `${number}`;
  if (!Number.isFinite(value)) return `${subject} must be a finite number.`;
  if (notZero && value === 0) return `${subject} must not be 0.`;
  if (whole && !Number.isInteger(value))
    return `${subject} must be a whole number, not ${text(value)}.`;
  if (value >= min && value <= max) return null;
  if (min === Number.MIN_VALUE && value <= 0)
    return `${subject} must be above 0, not ${text(value)}.`;
  if (value < min) return `${subject} must be at least ${text(min)}, not ${text(value)}.`;
  return `${subject} must be at most ${text(max)}, not ${text(value)}.`;
}
