/**
 * A rule text whose last line is a condition: what an alert on indicators waits for.
 *
 * The lines before it may name inputs and series, as strategies do.
 */
import { barsOf, type BotBar } from '../automation/bar-builder.ts';
import type { Failure } from '../errors.ts';
import { fail, ok, type Result } from '../result.ts';
import { compileRules } from '../rules/compile.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import type { Program } from '../rules/program.ts';

/** In UTF-16 units. */
export const longestAlertRule = 2_000;

/** Errors: `alert.rule-invalid`, with what is wrong; `bot.untranslatable` where other symbols are read. */
export function alertProgram(source: string): Result<Program, Failure> {
  const lines = source.trim().split('\n');
  const condition = lines.pop()?.trim() ?? '';
  if (condition === '' || source.length > longestAlertRule)
    return invalid('There is no condition.');
  const text = `${lines.join('\n')}\nenter long when ${condition}`;
  const { program, problems } = compileRules(text);
  if (!program) return invalid(problems.map(({ reason }) => reason).join(' '));
  if (program.entries.length !== 1 || program.exits.length > 0) {
    return invalid('Only inputs and names may stand before the condition.');
  }
  if (program.symbols.length > 0) {
    const detail = 'An alert reads one symbol.';
    return fail({ code: 'bot.untranslatable', detail, figures: { what: 'other-symbols' } });
  }
  return ok(program);
}

function invalid(detail: string): Result<never, Failure> {
  return fail({ code: 'alert.rule-invalid', detail, figures: { what: detail.slice(0, 300) } });
}

/** Whether the condition holds at the close of the last bar and did not at the one before. */
export function becomesTrue(program: Program, rows: readonly BotBar[], digits: number): boolean {
  if (rows.length < 2) return false;
  const steps = evaluateRules(program, barsOf(rows, digits), {});
  let step = steps.next();
  while (!step.done) step = steps.next();
  if (!step.value.ok) return false;
  const { entry } = step.value.value;
  return entry[rows.length - 1] === 1 && entry[rows.length - 2] !== 1;
}
