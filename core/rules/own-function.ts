/** How a function of the language itself is described. */
import type { FunctionParameter, RuleFunction } from './functions.ts';

/** A parameter without bounds and without a default. */
export const anyNumber = { min: -Infinity, max: Infinity, default: null };

export function valueParameter(name: string, description: string): FunctionParameter {
  return { name, description, kind: 'value', ...anyNumber };
}

/** A function of the language itself. */
export function ownFunction(
  name: string,
  title: string,
  description: string,
  more: Pick<RuleFunction, 'parameters' | 'result' | 'example' | 'nameFree'> & {
    readonly repeats?: true;
  },
): RuleFunction {
  return {
    name,
    title,
    description,
    repeats: false,
    outputs: [''],
    reference: '',
    indicator: null,
    ...more,
  };
}
