/** The HTML file of a report: nothing in it runs or is fetched, whatever a run is called. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { equityPoints } from '#core/statistics/equity-points.ts';
import { madeBars, madeOutcome } from '#core/statistics/made-run.ts';
import { computeStatistics } from '#core/statistics/registry.ts';
import { runReport } from '#core/statistics/report.ts';
import { escaped, reportToHtml } from './report-file.ts';

const bars = madeBars(Array.from({ length: 200 }, (_, i) => [100, 102 + (i % 3), 97, 101]));
const equity = Array.from({ length: 200 }, (_, i) => 1000 + 30 * Math.sin(i / 9) + i);
const trip = { prices: [100, 101], units: 5, profit: 5 } as const;
const outcome = madeOutcome(equity, [
  { ...trip, bars: [3, 8] },
  { ...trip, bars: [20, 30], profit: -7 },
]);
const settings = { ...defaultSettings, cash: 1000 };
const { roundTrips } = outcome;
const curve = equityPoints(bars.timesMs, outcome.equity, 1000);
const input = { timesMs: bars.timesMs, equity: outcome.equity, roundTrips, settings, bars };
const report = { ...runReport(input), exactTimes: true };

function html(text: string): string {
  const run = {
    id: 'one',
    strategyId: null,
    strategyName: text,
    source: text,
    inputs: { [text]: 1 },
    settings,
    seriesId: text,
    hash: 'ab'.repeat(32),
    bars: bars.length,
    firstMs: bars.timesMs[0]!,
    lastMs: bars.timesMs.at(-1)!,
    warmupBars: 1,
    roundTrips: 2,
    ambiguousRoundTrips: 0,
    droppedEntries: 0,
    stats: computeStatistics(outcome, bars, 1, settings),
    createdMs: 0,
    tookMs: 1,
    note: text,
  };
  return reportToHtml(run, curve, report);
}

const tags = (page: string) => page.match(/<[^>]*>/g)!.length;

test('no text makes a tag, an attribute or a second page of it', () => {
  const plain = tags(html('name'));
  const nasty = fc.stringMatching(/^[<>"'&=/ a-z-]{1,30}$/);
  fc.assert(
    fc.property(nasty, (text) => {
      const page = html(`${text}</title><script>alert(1)</script><img src=x onerror=alert(1)>`);
      expect(tags(page)).toBe(plain);
      expect(page).not.toMatch(/<(script|img|link|iframe|object)/i);
    }),
    { numRuns: 50 },
  );
});

test('nothing is fetched and nothing is undefined', () => {
  const page = html('Cross');
  expect(page).not.toMatch(/https?:|url\(|@import|\bsrc=|\bhref=/);
  expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  for (const title of [
    'Equity',
    'Statistics',
    'Returns by month',
    'Rolling Sharpe',
    'excursions',
  ]) {
    expect(page).toContain(title);
  }
});

test('what is escaped reads as it was written', () => {
  expect(escaped(`<a b="c">'&amp;`)).toBe('&lt;a b=&quot;c&quot;&gt;&#39;&amp;amp;');
});
