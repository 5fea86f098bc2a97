/** Every indicator, by its name in a rule text. */
import type { Indicator } from './indicator.ts';
import { smaIndicator } from './sma.ts';

export const indicators: readonly Indicator[] = [smaIndicator];

const byName: ReadonlyMap<string, Indicator> = new Map(indicators.map((one) => [one.name, one]));

export function findIndicator(name: string): Indicator | null {
  return byName.get(name) ?? null;
}
