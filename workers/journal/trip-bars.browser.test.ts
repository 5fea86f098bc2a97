/** Round trips measured by bars in a real database: many at once as one at a time. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { madeDeal } from '#core/journal/made-deals.ts';
import { roundTripsOf } from '#core/journal/round-trips.ts';
import { createRandom, makeBars } from '#core/market/made-bars.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { learnExcursions, measured, type KnownExcursions } from './trip-bars.ts';

let database: Database;
beforeEach(() => {
  database = new Database(`trip-bars-${Math.random()}`);
});
afterEach(() => database.delete());

const hourMs = 3_600_000;
const firstMs = Date.UTC(2026, 0, 5);

it('goes as far for and against when measured among many as when measured alone', async () => {
  const random = createRandom(5);
  const bars = makeBars({ count: 2_000, seed: 9, firstMs, stepMs: hourMs });
  const source = { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 };
  const save = { symbol: 'EURUSD', timeframe: 'H1', bars, source, nowMs: 1 };
  const saved = await saveBars(database, { ...save, onConflict: 'keep' });
  expect(saved.ok).toBe(true);
  const deals = Array.from({ length: 60 }, (_, n) => {
    // Some lie before or behind the bars, some are of a symbol without any.
    const atMs = firstMs + Math.floor((random() * 2_600 - 300) * hourMs);
    const shared = { position: String(n), symbol: n % 7 === 0 ? 'XAUUSD' : 'EURUSD' };
    const closedMs = atMs + Math.floor(random() * 100 * hourMs);
    return [
      madeDeal({ ...shared, deal: `${n}a`, atMs, price: 1.1 }),
      madeDeal({
        ...{ ...shared, deal: `${n}b`, kind: 'sell', entry: 'out', atMs: closedMs },
        ...{ price: 1.1 + (random() - 0.5) / 100, profit: 3 },
      }),
    ];
  }).flat();
  const { trips } = roundTripsOf(deals);
  const known: KnownExcursions = new WeakMap();
  expect(await learnExcursions(database, trips, known)).toEqual({ ok: true, value: null });
  let withBars = 0;
  for (const trip of trips) {
    const alone = await measured(database, trip);
    const excursion = known.get(trip);
    if (!alone.ok || alone.value === null) {
      expect(excursion).toBeUndefined();
      continue;
    }
    withBars++;
    expect(alone.value).toMatchObject(excursion ?? { mae: 'none' });
  }
  expect(withBars).toBeGreaterThan(20);
  expect(withBars).toBeLessThan(trips.length - 8);
});
