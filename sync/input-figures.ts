/** Which field of a call's input was not taken, and what that field takes, for whoever called. */
import { ZodError } from 'zod';

export interface InputFigures extends Record<string, string | number> {
  readonly field: string;
  /** `too_small`, `too_big`, `invalid_type` and the like, as zod names them. */
  readonly rule: string;
}

type Issue = ZodError['issues'][number];

/** Null where the input as a whole was not taken, or `cause` is about something else. */
export function inputFigures(cause: unknown): InputFigures | null {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  const field = issue?.path.findLast((step) => typeof step === 'string');
  // Some names come from whoever called: only such as a shape has are told back.
  if (!issue || typeof field !== 'string' || !/^[A-Za-z]\w{0,39}$/.test(field)) return null;
  return { field, rule: issue.code, ...boundsOf(issue) };
}

function boundsOf(issue: Issue): Record<string, string | number> {
  switch (issue.code) {
    case 'too_small':
      return { limit: Number(issue.minimum), of: issue.origin, open: issue.inclusive ? 0 : 1 };
    case 'too_big':
      return { limit: Number(issue.maximum), of: issue.origin, open: issue.inclusive ? 0 : 1 };
    case 'invalid_type':
      return { of: issue.expected };
    case 'invalid_value':
      return { of: issue.values.slice(0, 12).map(String).join(', ') };
    default:
      return {};
  }
}
