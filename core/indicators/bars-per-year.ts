/** What turns the volatility of a bar into that of a year. */
import { numberParameter } from './indicator.ts';

export const barsPerYearParameter = numberParameter(
  'bars_per_year',
  'Bars in a year: 252 for trading days, 365 for days, 6,240 for hours of a currency.',
  { min: 1, max: 1_000_000, default: 252 },
);
