/** Against the worked example of Bailey and López de Prado 2014, "A numerical example". */
import { expect, test } from 'vitest';
import { deflatedSharpe, expectedBestSharpe, probabilisticSharpe } from './deflated-sharpe.ts';

/** Five years of daily returns, an annual Sharpe ratio of 2.5, its variance over trials 1/2. */
const example = { sharpe: 2.5 / Math.sqrt(250), returns: 1250, skewness: -3, kurtosis: 10 };
const varianceOfSharpes = 1 / 2 / 250;

test('the best of 100 trials without skill shows 0.1132 a day, as in the paper', () => {
  expect(expectedBestSharpe(100, varianceOfSharpes)).toBeCloseTo(0.1132, 4);
});

test('the deflated Sharpe ratio of the paper is 0.9004 after 100 trials', () => {
  expect(deflatedSharpe(example, { trials: 100, varianceOfSharpes })).toBeCloseTo(0.9004, 4);
});

test('it is 0.9505 after 46 trials, as in the paper', () => {
  expect(deflatedSharpe(example, { trials: 46, varianceOfSharpes })).toBeCloseTo(0.9505, 4);
});

test('with normal returns 88 trials would still pass at 0.95, as in the paper', () => {
  const normal = { ...example, skewness: 0, kurtosis: 3 };
  expect(deflatedSharpe(normal, { trials: 88, varianceOfSharpes })).toBeCloseTo(0.9505, 3);
});

test('more trials never make a Sharpe ratio more convincing', () => {
  const after = [1, 2, 10, 100, 10_000].map((trials) =>
    deflatedSharpe(example, { trials, varianceOfSharpes }),
  );
  expect(after).toEqual(after.toSorted((a, b) => b! - a!));
  expect(after[0]).toBe(probabilisticSharpe(example, 0));
});
