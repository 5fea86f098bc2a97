/** The figures of a refusal, put into its sentence. */
import type { Failure } from '#core/errors.ts';
import { sayKnown } from './language.ts';
import { none } from './numbers.ts';

type Figures = NonNullable<Failure['figures']>;

/** `{value}` is filled in as a number or a word, `{value%}` as a part of a hundred. */
export function withFigures(text: string, figures: Figures): string {
  return sayKnown(text).replace(/\{(\w+)(%?)\}/g, (_, name: string, percent: string) => {
    const value = figures[name];
    if (typeof value !== 'number') return value ?? none;
    if (percent === '') return numeral(value, 8);
    return `${numeral(value * 100, digitsOf(figures))} %`;
  });
}

/** Three digits, or as many as it takes to tell what came out from what is allowed. */
function digitsOf({ value, limit }: Figures): number {
  let digits = 3;
  if (typeof value !== 'number' || typeof limit !== 'number') return digits;
  while (digits < 8 && numeral(value, digits) === numeral(limit, digits)) digits++;
  return digits;
}

function numeral(value: number, digits: number): string {
  return Number(value.toPrecision(digits)).toString().replace('-', '−');
}
