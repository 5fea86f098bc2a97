/** Checks an input: its name, its default, the range it may be changed in. */
import type { ProgramInput } from './program.ts';
import { define, type Scope } from './scope.ts';
import type { InputStatement } from './syntax.ts';

const largestInput = 1e12;

export function checkInput(scope: Scope, statement: InputStatement): ProgramInput | null {
  const { name, value, range } = statement;
  const key = name.text.toLowerCase();
  const taken = scope.definitions.has(key);
  define(scope, {
    name,
    kind: 'input',
    value: { type: 'number', constant: { kind: 'input', name: key } },
  });
  if (taken || !scope.definitions.has(key)) return null;
  scope.defaults.set(key, value.value);

  for (const literal of [value, range?.min, range?.max, range?.step]) {
    if (literal && Math.abs(literal.value) > largestInput) {
      scope.report.error(literal, `An input may be at most ${largestInput}.`);
      return null;
    }
  }
  if (!range) return { name: name.text, default: value.value };

  const { min, max, step } = range;
  if (min.value > max.value) {
    const reason = `The range runs backwards: ${min.value} is above ${max.value}.`;
    scope.report.error({ from: min.from, to: max.to }, reason, `${max.value} to ${min.value}`);
  } else if (value.value < min.value || value.value > max.value) {
    const reason = `The value of ${name.text} lies outside its own range.`;
    scope.report.error(value, reason, `${Math.min(Math.max(value.value, min.value), max.value)}`);
  }
  if (step && step.value <= 0) {
    scope.report.error(step, 'A step must be above 0.', '1');
  }
  return {
    name: name.text,
    default: value.value,
    min: min.value,
    max: max.value,
    ...(step && { step: step.value }),
  };
}
