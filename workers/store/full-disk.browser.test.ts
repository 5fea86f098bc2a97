import { expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { makeBars } from '#core/market/made-bars.ts';
import { keepContent } from './contents.ts';
import { Database } from './database.ts';
import { pictureContent } from './picture-content.ts';
import { saveBars } from './save-bars.ts';

const bars = makeBars({ count: 60_000, seed: 11, ask: true, volume: true });

const save = (database: Database, symbol: string) =>
  saveBars(database, {
    symbol,
    timeframe: 'H1',
    bars,
    source: { fileName: 'a.csv', format: 'generic', zone: 'UTC', problems: 0 },
    onConflict: 'keep',
    nowMs: 1_000,
  });

test('a full disk is said to be full and leaves nothing of what did not fit', async () => {
  const database = new Database(`full-${Math.random()}`);
  const session = cdp();
  const { origin } = location;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
  try {
    let saved = 0;
    let failed: Awaited<ReturnType<typeof save>> | null = null;
    // The browser reckons with an older estimate of its room for a while.
    await expect
      .poll(
        async () => {
          const result = await save(database, `S${saved}`);
          if (result.ok) saved++;
          else failed = result;
          return result.ok;
        },
        { timeout: 45_000, interval: 500 },
      )
      .toBe(false);
    expect(failed).toMatchObject({ ok: false, error: { code: 'store.full' } });
    const picture = { bytes: new Uint8Array(8_000_000), about: null };
    expect(await keepContent(database, pictureContent, 'p', picture, { keyId: 'k' })).toBe(false);
    expect(await database.pictureBytes.count()).toBe(0);
    const ids = await database.series.toCollection().primaryKeys();
    expect(ids.sort()).toEqual(Array.from({ length: saved }, (_, i) => `S${i}.H1`).sort());
    const chunked = await database.chunks.toCollection().keys();
    expect(new Set(chunked.map((key) => String(key).split(',')[0])).size).toBe(saved);
  } finally {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await database.delete({ disableAutoOpen: true });
  }
});
