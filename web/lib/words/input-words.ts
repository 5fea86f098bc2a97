/** What a person reads when the server does not take one field of what was sent. */
import type { Failure } from '#core/errors.ts';
import { numberText } from './numbers.ts';
import { say } from './language.ts';

type Figures = NonNullable<Failure['figures']>;

/** Where the name in the program says it otherwise than the form does. */
const names: Readonly<Record<string, string>> = {
  sl: say`stop`,
  tp: say`target`,
  volumeLots: say`volume`,
  deviationPoints: say`slippage`,
  lastsUntilMs: say`end of the order`,
  lastsUntil: say`end of the order`,
};

/** Null where no field is named: then nothing more is known than that it was not understood. */
export function inputWords(
  figures: Figures | undefined,
): { readonly what: string; readonly then: string } | null {
  const field = figures?.['field'];
  if (typeof field !== 'string') return null;
  return {
    what: say`The server does not take the ${names[field] ?? spaced(field)}`,
    then: takesText(figures ?? {}),
  };
}

/** `maxLots` as `max lots`, without the unit of time that only programs count in. */
function spaced(field: string): string {
  return field.replace(/Ms$/, '').replaceAll(/[A-Z]/g, ' $&').toLowerCase();
}

function takesText({ rule, limit, of, open }: Figures): string {
  const bound = typeof limit === 'number' ? numberText(limit, decimals(limit)) : '';
  if (rule === 'too_small') {
    if (of === 'string') return say`It must have at least ${bound} characters.`;
    if (of === 'array') return say`It must have at least ${bound} entries.`;
    return open ? say`It must be above ${bound}.` : say`It must be at least ${bound}.`;
  }
  if (rule === 'too_big') {
    if (of === 'string') return say`It must have at most ${bound} characters.`;
    if (of === 'array') return say`It must have at most ${bound} entries.`;
    return open ? say`It must be below ${bound}.` : say`It must be at most ${bound}.`;
  }
  if (rule === 'invalid_value') return say`It must be one of these: ${of}.`;
  if (of === 'int') return say`It must be a whole number.`;
  if (of === 'number') return say`It must be a number.`;
  return say`Change it, then try again.`;
}

const decimals = (value: number): number => (String(value).split('.')[1] ?? '').length;
