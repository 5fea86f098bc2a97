/** The part of the storage benchmark that runs in the browser, in a worker as in the product. */
import { makeBars } from '#core/market/made-bars.ts';
import { openFile } from '#workers/import/read-file.ts';
import { createSession } from '#workers/import/session.ts';
import { Database } from '#workers/store/database.ts';
import { saveBars } from '#workers/store/save-bars.ts';
import { loadBars } from '#workers/store/series.ts';
import { makeCsv } from './made-csv.ts';

export interface StoreTimes {
  readonly saveMs: readonly number[];
  readonly loadMs: readonly number[];
  readonly storedBytes: number;
  /** Of a `File`, read in pieces and parsed, nothing stored. */
  readonly fileMegabytesPerSecond: readonly number[];
}

const BARS = 1_000_000;
const ROUNDS = 7;

async function measure(): Promise<StoreTimes> {
  const bars = makeBars({ count: BARS, seed: 1, stepMs: 60_000, volume: true });
  const saveMs: number[] = [];
  const loadMs: number[] = [];
  let storedBytes = 0;
  for (let round = 0; round < 3; round++) {
    const database = new Database(`bench-${round}`);
    await database.open();
    const start = performance.now();
    const saved = await saveBars(database, {
      symbol: 'EURUSD',
      timeframe: 'M1',
      bars,
      source: { fileName: 'made', format: 'made', zone: 'UTC', problems: 0 },
      onConflict: 'keep',
      nowMs: 0,
    });
    saveMs.push(performance.now() - start);
    if (!saved.ok) throw new Error(saved.error.detail);
    storedBytes = saved.value.series.storedBytes;
    for (let again = 0; again < ROUNDS; again++) {
      const from = performance.now();
      const loaded = await loadBars(database, 'EURUSD.M1');
      loadMs.push(performance.now() - from);
      if (!loaded.ok || loaded.value.length !== BARS) throw new Error('The bars did not come back');
    }
    await database.delete({ disableAutoOpen: true });
  }
  return { saveMs, loadMs, storedBytes, fileMegabytesPerSecond: await measureFile() };
}

async function measureFile(): Promise<number[]> {
  const file = new File([makeCsv(BARS)], 'EURUSD_M1.csv');
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    const { expectedBytes, pieces } = await openFile(file);
    const session = createSession(file.name, {}, expectedBytes);
    for await (const { bytes } of pieces) {
      const failure = session.feed(bytes);
      if (failure) throw new Error(failure.detail);
    }
    const parsed = session.finish();
    speeds.push(file.size / (performance.now() - start) / 1000);
    const whole = parsed.ok && parsed.value.kind === 'bars' && parsed.value.bars.length === BARS;
    if (!whole) throw new Error('The bars are not all there');
  }
  return speeds;
}

measure().then(
  (times) => postMessage({ times }),
  (error: unknown) => postMessage({ error: String(error) }),
);
