/** The report on paper: what the page says, in its unit, and no amount while amounts are hidden. */
import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeTrips } from '#core/journal/made-trips.ts';
import { tripReport } from '#core/journal/trip-report.ts';
import type { TripUnit } from '#core/journal/trip-units.ts';
import type { JournalTrip } from '#workers/journal/api.ts';
import { pdfText } from '../../../tests/pdf-text.ts';
import { paperPdf } from './pdf-paper.ts';
import type { PaperAsk } from './report-paper.ts';

const names = { playbook: (id: string) => id, account: (account: string) => account };
const wordsOf = async (ask: PaperAsk) => {
  const deflate = (bytes: Uint8Array) => Promise.resolve(zlibSync(bytes));
  return pdfText(await paperPdf(ask, { language: 'en', deflate, pen: null })).flat();
};

function asked(trips: readonly JournalTrip[], unit: TripUnit, hidesAmounts: boolean): PaperAsk {
  const startBalances = new Map([['1@Demo', 2_000]]);
  const report = tripReport(trips, { unit, zone: 'UTC', startBalances });
  return {
    ...{ report, names, hidesAmounts, times: 'utc', madeMs: 0, by: '', filter: 'EURUSD' },
    window: { trips: trips.slice(0, 20), count: trips.length },
  };
}
const journaled = madeTrips.map((trips) =>
  trips.map((trip): JournalTrip => ({ ...trip, met: [] })),
);
/** As `moneyText` and the groups write it. */
const money = /\d (USD|EUR)\b/;

test('shows no amount while amounts are hidden, in whatever unit', async () => {
  const unit = fc.constantFrom<TripUnit>('money', 'r', 'percent', 'pips');
  await fc.assert(
    fc.asyncProperty(journaled, unit, async (trips, each) => {
      const words = await wordsOf(asked(trips, each, true));
      expect(words.filter((text) => money.test(text))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('says what the report says, and how many round trips are not listed', async () => {
  await fc.assert(
    fc.asyncProperty(journaled, async (trips) => {
      const ask = asked(trips, 'money', false);
      const words = await wordsOf(ask);
      const { whole, groups, currency } = ask.report;
      expect(words).toContain('EURUSD');
      if (whole.trips > 0 && currency) expect(words.some((text) => money.test(text))).toBe(true);
      for (const { key } of groups.month)
        expect(words).toContain(`${key.slice(0, 4)}-${key.slice(4)}`);
      const left = trips.length - 20;
      if (left > 0)
        expect(words.join(' ')).toMatch(new RegExp(`The newest 20; ${left} round trip`));
    }),
    { numRuns: 25 },
  );
});

test('says what percent are of', async () => {
  await fc.assert(
    fc.asyncProperty(journaled, async (trips) => {
      const ask = asked(trips, 'percent', false);
      const words = (await wordsOf(ask)).join(' ');
      expect(words.includes('Percent of 2,000.00')).toBe(ask.report.base !== null);
    }),
    { numRuns: 25 },
  );
});
