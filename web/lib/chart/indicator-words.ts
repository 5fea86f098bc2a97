/** What the legend says of an indicator, and what a new one is made of. */
import type { ChartIndicator } from '#core/collections/chart-layout.ts';
import type { IndicatorFacts } from '#workers/chart/api.ts';
import { none, numberText, priceText } from '../words/numbers.ts';
import { inksFor } from './inks.ts';
import { say } from '../words/language.ts';

/** `RSI 14`, `Bollinger bands 20, 2`; by its name where the registry does not know it. */
export function indicatorLabel(
  { name, parameters, field }: Pick<ChartIndicator, 'name' | 'parameters' | 'field'>,
  facts: IndicatorFacts | undefined,
): string {
  const title = !facts ? name : facts.title.length > 18 ? name.toUpperCase() : facts.title;
  const of = facts?.sources.includes('series') && field !== 'close' ? say` of ${field}` : '';
  const figures = parameters.length > 0 ? ` ${parameters.join(', ')}` : '';
  return `${title.replaceAll('_', ' ')}${figures}${of}`;
}

/** What is drawn over prices has their digits. */
export function valueText(value: number, facts: IndicatorFacts, digits: number): string {
  if (Number.isNaN(value)) return none;
  if (facts.pane !== 'own') return priceText(value, digits);
  const size = Math.abs(value);
  return numberText(value, size >= 1_000 ? 0 : size >= 1 ? 2 : Math.max(digits, 2));
}

/** With its usual options; where one has none, what many platforms begin with. */
export function newIndicator(facts: IndicatorFacts, id: string, used: number): ChartIndicator {
  return {
    ...{ id, name: facts.name, field: 'close', isHidden: false },
    parameters: facts.parameters.map((each) => each.default ?? Math.max(each.min, 14)),
    inks: inksFor(facts.outputs.length, used),
  };
}

export const indicatorFields = [
  { value: 'close', label: say`Close` },
  { value: 'open', label: say`Open` },
  { value: 'high', label: say`High` },
  { value: 'low', label: say`Low` },
  { value: 'median', label: say`Middle of high and low` },
  { value: 'typical', label: say`Middle of high, low and close` },
] as const;

/** Those whose name, title or description has each word of the query. */
export function searchIndicators(
  all: readonly IndicatorFacts[],
  query: string,
): readonly IndicatorFacts[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ name, title, description }: IndicatorFacts) =>
    `${name} ${title} ${description}`.toLowerCase();
  const found = all.filter((each) => words.every((word) => textOf(each).includes(word)));
  const rank = ({ name, title }: IndicatorFacts) =>
    name.startsWith(words[0] ?? '') || title.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1;
  return words.length === 0 ? found : found.toSorted((a, b) => rank(a) - rank(b));
}
