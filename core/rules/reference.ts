/** The whole rule language as data, for help beside the editor and for the reference page. */
import { fields, type Field } from './fields.ts';
import { findFunction, functions, signature, type RuleFunction } from './functions.ts';
import {
  operators,
  statements,
  type OperatorDescription,
  type StatementDescription,
} from './statements.ts';
import { sessionNames, times } from './time-functions.ts';
import { templates, type RuleTemplate } from './templates.ts';

export interface RuleReference {
  readonly statements: readonly StatementDescription[];
  readonly times: readonly Pick<Field, 'name' | 'description'>[];
  readonly operators: readonly OperatorDescription[];
  readonly fields: readonly Pick<Field, 'name' | 'description'>[];
  readonly functions: readonly (RuleFunction & { readonly signature: string })[];
  readonly templates: readonly RuleTemplate[];
}

export const ruleReference: RuleReference = {
  statements,
  operators,
  fields: fields.map(({ name, description }) => ({ name, description })),
  times,
  functions: functions.map((one) => ({ ...one, signature: signature(one) })),
  templates,
};

/** A rule text that uses `example`, a value, a condition or a line, and that runs. */
export function exampleSource(example: string): string {
  const line = statements.some((statement) => example.startsWith(`${statement.name} `));
  if (!line) {
    const wrapped = `enter long when ${example}`;
    return isCondition(example) ? wrapped : `${wrapped} > 0`;
  }
  const entry = example.startsWith('enter ') ? '' : '\nenter long when close > open';
  const short = example.startsWith('enter ') ? '' : '\nenter short when close < open';
  const stop = /risk|\bR\b/.test(example) ? '\nstop 5% of close' : '';
  const call = /^function (\w+)/.exec(example)?.[1];
  const use = call === 'spread' ? 'spread(high, low) > 0' : `${call}(20)`;
  if (call) return `${example}\nenter long when ${use}`;
  const named = example.includes('average >') ? 'let average = sma(close, 50)\n' : '';
  return `${named}${example}${entry}${short}${stop}`;
}

function isCondition(example: string): boolean {
  if (/[<>]|==|!=/.test(example)) return true;
  const first = /^\w+/.exec(example)?.[0] ?? '';
  return sessionNames.includes(first) || findFunction(first)?.result === 'condition';
}
