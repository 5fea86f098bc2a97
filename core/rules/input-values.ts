/** The values a run gives to the inputs of its rules, checked before anything is computed. */
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { brokenRequirement, type InputValues } from './constant.ts';
import type { Program, ProgramInput } from './program.ts';

/**
 * Every input with the value given for it, or its default; names in any case.
 *
 * Errors: `run.input-unknown`, and `run.input-invalid` for a value outside the input's range or
 * one that the rules cannot use, such as a period of 0.
 */
export function inputValues(
  program: Pick<Program, 'inputs' | 'requirements'>,
  given: Readonly<Record<string, number>>,
): Result<InputValues, Failure> {
  const values = new Map(program.inputs.map((input) => [input.name.toLowerCase(), input.default]));
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase();
    const input = program.inputs.find((one) => one.name.toLowerCase() === key);
    if (!input) {
      const known = program.inputs.map((one) => one.name).join(', ') || 'none';
      const detail = `The rules have no input called ${name}; they have: ${known}.`;
      return fail({ code: 'run.input-unknown', detail, figures: { name } });
    }
    const wrong = seen.has(key) ? `The input ${name} is given twice.` : wrongValue(input, value);
    if (wrong) return fail(invalid(wrong, input.name, value));
    seen.add(key);
    values.set(key, value);
  }
  for (const requirement of program.requirements) {
    const wrong = brokenRequirement(requirement, values);
    if (wrong) return fail({ code: 'run.input-invalid', detail: wrong });
  }
  return ok(values);
}

function invalid(detail: string, name: string, value: number): Failure {
  return { code: 'run.input-invalid', detail, figures: { name, value } };
}

function wrongValue(input: ProgramInput, value: number): string | null {
  const { name, min, max, integer } = input;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return `The input ${name} must be a number.`;
  }
  if (integer && !Number.isInteger(value)) {
    return `The input ${name} must be a whole number, not ${value}.`;
  }
  if (min !== undefined && value < min) {
    return `The input ${name} must be at least ${min}, not ${value}.`;
  }
  if (max !== undefined && value > max) {
    return `The input ${name} must be at most ${max}, not ${value}.`;
  }
  return null;
}
