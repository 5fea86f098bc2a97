import fc from 'fast-check';
import { expect, it } from 'vitest';
import { madeTrips } from '#core/journal/made-trips.ts';
import { tripReport } from '#core/journal/trip-report.ts';
import { summaries } from '#core/journal/trip-sums.ts';
import { longestOf, reportFacts, summaryFacts } from './figure-facts.ts';
import { moneyText } from './trip-words.ts';

it('tells of the same round trips the same, above the list and in a report', () => {
  let told = 0;
  fc.assert(
    fc.property(madeTrips, (trips) => {
      for (const summary of summaries(trips)) {
        const { currency } = summary;
        const asked = { unit: 'money', zone: 'UTC', currency, startBalances: new Map() } as const;
        const report = tripReport(trips, asked);
        const inReport = new Map(
          reportFacts(report, (value) => moneyText(value, currency)).map((f) => [f.label, f]),
        );
        for (const fact of summaryFacts(summary)) {
          const other = inReport.get(fact.label);
          if (!other) continue;
          expect(fact).toEqual(other);
          told++;
        }
      }
    }),
  );
  expect(told).toBeGreaterThan(100);
});

it('hides what is money, and nothing else', () => {
  fc.assert(
    fc.property(madeTrips, fc.constantFrom('r' as const, 'pips' as const), (trips, unit) => {
      const asked = { unit, zone: 'UTC', startBalances: new Map() };
      const facts = reportFacts(tripReport(trips, asked), (value) => String(value));
      expect(facts.every(({ isAmount }) => isAmount !== true)).toBe(true);
      for (const summary of summaries(trips)) {
        for (const { isAmount, texts } of summaryFacts({ ...summary, currency: 'USD' })) {
          if (texts.some((text) => text.includes('USD'))) expect(isAmount).toBe(true);
        }
      }
    }),
  );
});

it('asks for room for its longest figure', () => {
  const fact = { label: '', about: '' };
  const facts = [
    { ...fact, texts: ['+1', '−12'] },
    { ...fact, texts: [] },
  ];
  expect(longestOf(facts)).toBe(3);
  expect(longestOf([])).toBe(0);
});
