/** Connors RSI. */
import { checkPeriod } from './check-period.ts';
import { firstValue } from './first-value.ts';
import { periodParameter, type Indicator } from './indicator.ts';
import { recall, withPast, type Memory } from './memory.ts';
import { roc } from './roc.ts';
import { rsi } from './rsi.ts';

/**
 * Mean of three strengths, 0 … 100: of the values, of the run of rises or falls, and the rank of
 * the last change among the `rank` changes before it.
 *
 * The first value comes where all three have one. The rank counts the smaller changes one by one:
 * the time grows with `rank`.
 *
 * Throws if a period is not a positive integer: a bug, not user input.
 * Source: Connors and Alvarez 2012, An Introduction to ConnorsRSI.
 */
export function connorsRsi(
  values: Float64Array,
  periods: { readonly strength: number; readonly streak: number; readonly rank: number },
  memory?: Memory,
): Float64Array {
  const strength = rsi(values, periods.strength, memory);
  const streak = rsi(streaks(values, memory), periods.streak, memory);
  const out = percentRank(roc(values, 1, memory), periods.rank, memory);
  for (let i = 0; i < out.length; i++) out[i] = (out[i]! + strength[i]! + streak[i]!) / 3;
  return out;
}

/** Rises in a row, or falls in a row below 0; 0 where the value stays. */
function streaks(values: Float64Array, memory?: Memory): Float64Array {
  const kept = recall(memory, () => ({ run: 0 }));
  const { column, from } = withPast(values, 1, memory);
  const out = new Float64Array(column.length).fill(NaN);
  const start = firstValue(column);
  let run = kept.run;
  for (let i = Math.max(start, from); i < out.length; i++) {
    const step = i === start ? 0 : column[i]! - column[i - 1]!;
    run = step > 0 ? Math.max(run, 0) + 1 : step < 0 ? Math.min(run, 0) - 1 : 0;
    out[i] = run;
  }
  kept.run = run;
  return out.subarray(from);
}

/** Share of the `count` values before each that are smaller, in percent. */
function percentRank(values: Float64Array, count: number, memory?: Memory): Float64Array {
  checkPeriod(count);
  const { column, from } = withPast(values, count, memory);
  const out = new Float64Array(column.length).fill(NaN);
  for (let i = firstValue(column) + count; i < out.length; i++) {
    const value = column[i]!;
    let smaller = 0;
    for (let j = i - count; j < i; j++) smaller += column[j]! < value ? 1 : 0;
    out[i] = (100 * smaller) / count;
  }
  return out.subarray(from);
}

export const connorsRsiIndicator: Indicator = {
  name: 'connors_rsi',
  title: 'Connors RSI',
  description: 'The mean of three strengths: of the value, of its run, and of its last change.',
  reference: 'Connors and Alvarez 2012; begins where the rank does, at bar rank + 1.',
  sources: ['series'],
  parameters: [
    periodParameter('strength', 'Changes in the strength of the value.', { default: 3 }),
    periodParameter('streak', 'Changes in the strength of the run.', { default: 2 }),
    periodParameter('rank', 'Changes that the last one is ranked among.', { default: 100 }),
  ],
  outputs: [''],
  pane: 'own',
  compute: ([values], [strength, streak, rank], memory) => [
    connorsRsi(values!, { strength: strength!, streak: streak!, rank: rank! }, memory),
  ],
};
