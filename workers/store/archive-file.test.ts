import fc from 'fast-check';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { encodeChunk } from '#core/market/chunk.ts';
import { encodeTicks } from '#core/market/tick-chunk.ts';
import { readContent } from './archive-content.ts';
import { entryNames, packArchive, unpackArchive } from './archive-file.ts';
import { Database, replicaTables } from './database.ts';
import {
  bars,
  place,
  series,
  ticks,
  tickChunk,
  tickPlace,
  tickSeries,
  sweep,
  batch,
  batchPlace,
  batchBytes,
  wrongState,
  picture,
  dealBytes,
  mark,
  entriesOf,
} from './made-archive.ts';

function open(zip: Uint8Array) {
  const entries = unpackArchive(zip);
  return entries.ok ? readContent(entries.value) : entries;
}
const refused = { ok: false, error: { code: 'store.archive-invalid' } };

test('what was packed comes out', () => {
  const entries = entriesOf();
  expect(unpackArchive(packArchive(entries, 5))).toEqual({ ok: true, value: entries });
  const content = open(packArchive(entries, 5));
  expect(content).toMatchObject({
    ok: true,
    value: {
      series: [{ row: series, kind: 'bars' }],
      sweeps: [sweep],
      sweepBatches: [batch],
    },
  });
});

test('every table of the database has an entry, save those of the replica', () => {
  const entryOf = (table: string) =>
    `${table.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.json`;
  const names = new Database('tables').tables.map(({ name }) => name);
  const tables = names.filter((name) => !replicaTables.includes(name)).map(entryOf);
  expect(tables).toContain('sweep-batches.json');
  expect(tables.filter((name) => !entryNames.some((entry) => entry === name))).toEqual([]);
});

/** An archive as Offing wrote it before it had all that it has now, with whatever else it is given. */
function packEarlier(
  version: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9,
  more: Record<string, Uint8Array> = {},
): Uint8Array {
  const of10 = 'journal-view|trip-edit|goal|news-month';
  const of9 = `playbook|journal-day|checklist-item|${of10}`;
  const of8 = `hand-trip|${of9}`;
  const of7 = `statement|trip-mark|${of8}`;
  const of6 = `picture|${of7}`;
  const of5 = `layouts|drawings|${of6}`;
  const of4 = `notes|watchlist|price-files|${of5}`;
  const later = new RegExp(
    `^(${['', `sweep|tick|${of4}`, `tick|${of4}`, of4, of5, of6, of7, of8, of9, of10][version]})`,
  );
  const all = Object.entries(entriesOf());
  const old = all.filter(([name]) => !later.test(name));
  const entries = old.map(([name, bytes]) => [
    name,
    { bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) },
  ]);
  const manifest = {
    format: 'offing',
    version,
    createdMs: 1,
    entries: Object.fromEntries(entries) as unknown,
  };
  const json = strToU8(JSON.stringify(manifest));
  return zipSync({ 'manifest.json': json, ...Object.fromEntries(old), ...more });
}

test('an archive from before there were searches is read, and one that says so is held to it', () => {
  const content = open(packEarlier(1));
  expect(content).toMatchObject({
    ok: true,
    value: { series: [{ row: series }], sweeps: [], sweepBatches: [] },
  });
  expect(open(packEarlier(1, { 'sweeps.json': strToU8('[]') }))).toMatchObject(refused);
});

test('an archive from before there were ticks is read, and one that says so is held to it', () => {
  const content = open(packEarlier(2));
  expect(content).toMatchObject({
    ok: true,
    value: { series: [{ row: series }], sweeps: [sweep] },
  });
  expect(open(packEarlier(2, { 'tick-chunks.json': strToU8('[]') }))).toMatchObject(refused);
});

test('an archive from before there were notes is read, and one that says so is held to it', () => {
  expect(open(packEarlier(3))).toMatchObject({
    ok: true,
    value: { sweeps: [sweep], notes: [], watchlist: [], priceFiles: [] },
  });
  expect(open(packEarlier(3, { 'notes.json': strToU8('[]') }))).toMatchObject(refused);
});

test.each([
  ['charts', 4, 'drawings.json', { layouts: [], drawings: [] }],
  ['pictures', 5, 'pictures.json', { pictures: [] }],
  ['statements', 6, 'trip-marks.json', { statements: [], tripMarks: [] }],
  ['round trips entered by hand', 7, 'hand-trips.json', { handTrips: [] }],
  ['playbooks', 8, 'playbooks.json', { playbooks: [], journalDays: [], checklistItems: [] }],
  ['goals', 9, 'goals.json', { journalViews: [], tripEdits: [], goals: [], newsMonths: [] }],
] as const)(
  'an archive from before there were %s is read, and one that says so is held to it',
  (_, version, name, value) => {
    expect(open(packEarlier(version))).toMatchObject({ ok: true, value });
    expect(open(packEarlier(version, { [name]: strToU8('[]') }))).toMatchObject(refused);
  },
);

test.each([
  ['whose statement is shorter', { 'statement-bytes.bin': dealBytes.slice(0, -1) }],
  ['with deals of no statement', { 'statements.json': [] }],
  ['with deals that are none', { 'statement-bytes.bin': dealBytes.map((byte) => byte ^ 1) }],
  ['with a rating that is no number', { 'trip-marks.json': [{ ...mark, rating: 'good' }] }],
  ['whose picture is shorter than its row says', { 'picture-bytes.bin': Uint8Array.of(1, 2) }],
  ['with bytes that are no picture’s', { 'picture-bytes.bin': Uint8Array.of(1, 2, 3, 4) }],
  ['with a picture of no row', { 'pictures.json': [] }],
  ['with a picture as a page', { 'pictures.json': [{ ...picture, type: 'text/html' }] }],
])('an archive %s is refused', (_, more) => {
  expect(open(packArchive(entriesOf(more), 1))).toMatchObject(refused);
});

test('a run under way on another device is not taken over', () => {
  const rows = [
    { key: 'pending-run.x', value: 1 },
    { key: 'theme', value: 'dark' },
  ];
  const content = open(packArchive(entriesOf({ 'settings.json': rows }), 1));
  expect(content).toMatchObject({ ok: true, value: { settings: [{ key: 'theme' }] } });
  expect(content.ok && content.value.settings).toHaveLength(1);
});

test('a flipped byte is refused or changes nothing, and a cut file is refused', () => {
  const zip = packArchive(entriesOf(), 5);
  const whole = unpackArchive(zip);
  fc.assert(
    fc.property(fc.nat({ max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const copy = zip.slice();
      copy[at]! ^= flip;
      const entries = unpackArchive(copy);
      if (entries.ok) expect(entries).toEqual(whole);
      else expect(entries).toMatchObject(refused);
    }),
    { numRuns: 400 },
  );
  for (let length = 0; length < zip.length; length += 97) {
    expect(unpackArchive(zip.slice(0, length))).toMatchObject(refused);
  }
});

test('random bytes are no archive', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      expect(unpackArchive(bytes)).toMatchObject(refused);
      expect(unpackArchive(Uint8Array.of(0x50, 0x4b, 3, 4, ...bytes))).toMatchObject(refused);
    }),
  );
});

test('other versions, other files and paths that climb are refused', () => {
  const manifest = (version: number) =>
    strToU8(JSON.stringify({ format: 'offing', version, createdMs: 1, entries: {} }));
  const newer = open(zipSync({ 'manifest.json': manifest(11), ...entriesOf() }));
  expect(newer).toMatchObject(refused);
  expect(!newer.ok && newer.error.detail).toContain('version 11');
  for (const name of ['../../etc/passwd', '/abs', 'C:\\x', 'chunks.bin/..']) {
    const zip = zipSync({ 'manifest.json': manifest(7), [name]: strToU8('x'), ...entriesOf() });
    const opened = open(zip);
    expect(opened).toMatchObject(refused);
    expect(!opened.ok && opened.error.detail).toContain('none of its own');
  }
  expect(open(zipSync({ 'readme.txt': strToU8('hello') }))).toMatchObject(refused);
});

test('an archive that unpacks without end is refused before it does', () => {
  const bomb = entriesOf({ 'chunks.bin': new Uint8Array(30_000_000) });
  const zip = packArchive(bomb, 1);
  expect(zip.length).toBeLessThan(400_000);
  expect(unpackArchive(zip, 10_000_000)).toMatchObject(refused);
  // The directory at the end lies about the size.
  const lying = zip.slice();
  const view = new DataView(lying.buffer);
  for (let at = 0; at < lying.length - 4; at++) {
    if (view.getUint32(at, true) === 30_000_000) view.setUint32(at, 100, true);
  }
  expect(unpackArchive(lying, 10_000_000)).toMatchObject(refused);
});

test('rows that are not what they say are refused, each for its reason', () => {
  const flipped = encodeChunk({ ...bars, bid: { ...bars.bid, low: bars.bid.high } });
  const cases: Record<string, Partial<Record<string, unknown>>> = {
    'no list': { 'strategies.json': { length: 1 } },
    'no text': { 'strategies.json': [{ id: 5 }] },
    'twice the same row': { 'series.json': [series, series] },
    'a symbol with a path': { 'series.json': [{ ...series, symbol: '../X', id: '../X.H1' }] },
    'an id of another': { 'series.json': [{ ...series, id: 'GBPUSD.H1' }] },
    'no timeframe': { 'series.json': [{ ...series, timeframe: 'X', id: 'EURUSD.X' }] },
    'chunks of no series': { 'series.json': [] },
    'a series of no chunks': { 'chunks.json': [], 'chunks.bin': new Uint8Array(0) },
    'a wrong month': { 'chunks.json': [{ ...place, month: '2020-02' }] },
    'a wrong count': { 'chunks.json': [{ ...place, bars: 49 }] },
    'a negative size': { 'chunks.json': [{ ...place, bytes: -8 }] },
    'a size beyond the end': { 'chunks.json': [{ ...place, bytes: 1e15 }] },
    'impossible prices': {
      'chunks.bin': flipped,
      'chunks.json': [{ ...place, bytes: flipped.length }],
    },
    'arrays of no run': { 'run-arrays.json': [{ runId: 'x', equity: 0, roundTrips: 0 }] },
    'arrays without end': { 'run-arrays.json': [{ runId: 'x', equity: 2 ** 50, roundTrips: 9 }] },
    'bytes of nothing': { 'run-arrays.bin': new Uint8Array(8) },
  };
  for (const [name, more] of Object.entries(cases)) {
    expect([name, open(packArchive(entriesOf(more), 1))]).toMatchObject([name, refused]);
  }
});

test('ticks come out, and are refused where they are not what they say, each for its reason', () => {
  const withTicks = (more: Partial<Record<string, unknown>> = {}) =>
    open(
      packArchive(
        entriesOf({
          'series.json': [series, tickSeries],
          'tick-chunks.json': [tickPlace],
          'tick-chunks.bin': tickChunk,
          ...more,
        }),
        1,
      ),
    );
  expect(withTicks()).toMatchObject({
    ok: true,
    value: { series: [{ row: series }, { kind: 'ticks', row: tickSeries, ticks: { length: 40 } }] },
  });
  const crossed = encodeTicks({ ...ticks, bid: ticks.ask!, ask: ticks.bid });
  const cases: Record<string, Partial<Record<string, unknown>>> = {
    'ticks of no series': { 'series.json': [series] },
    'a series of no ticks': { 'tick-chunks.json': [], 'tick-chunks.bin': new Uint8Array(0) },
    'a wrong day': { 'tick-chunks.json': [{ ...tickPlace, day: '2020-01-02' }] },
    'a day that is none': { 'tick-chunks.json': [{ ...tickPlace, day: '2020-01' }] },
    'a wrong count': { 'tick-chunks.json': [{ ...tickPlace, ticks: 39 }] },
    'a size beyond the end': { 'tick-chunks.json': [{ ...tickPlace, bytes: 1e15 }] },
    'ticks of a series of bars': {
      'series.json': [series, { ...tickSeries, timeframe: 'M1', id: 'EURUSD.M1' }],
      'tick-chunks.json': [{ ...tickPlace, seriesId: 'EURUSD.M1' }],
    },
    'an ask below its bid': {
      'tick-chunks.bin': crossed,
      'tick-chunks.json': [{ ...tickPlace, bytes: crossed.length }],
    },
  };
  for (const [name, more] of Object.entries(cases)) {
    expect([name, withTicks(more)]).toMatchObject([name, refused]);
  }
});

test('searches that cannot be are refused, each for its reason', () => {
  const axis = sweep.axes[0]!;
  const rows: Record<string, object> = {
    'more trials than combinations': { trials: 61 },
    'fewer trials than a grid has': { trials: 59 },
    'no trials': { trials: 0, method: 'random' },
    'nothing that is varied': { axes: [], trials: 1 },
    'batches of nothing': { batchTrials: 0 },
    'a range without end': { axes: [{ ...axis, step: 1e-9 }] },
    'more combinations than are numbered': {
      axes: Array.from({ length: 90 }, (_, i) => ({ ...axis, name: `i${i}` })),
      method: 'random',
    },
    'an input varied twice': { axes: [axis, axis], trials: 100 },
    'windows that it has not': { validation: { kind: 'rolling', windows: 2 ** 40, ratio: 3 } },
    'a test that nothing is held out for': { segments: [{ ...sweep.segments[0]!, role: 'test' }] },
    'no such validation': { validation: { kind: '__proto__' } },
    'no such objective': { objective: 'luck' },
    'no such state': { state: 'paused' },
    'a figure twice': { figures: ['sqn', 'sqn'] },
    'figures without end': { figures: sweep.figures.map(String).concat(new Array(90).fill('x')) },
    'a price that is no number': { firstMs: null },
  };
  for (const [name, more] of Object.entries(rows)) {
    const entries = entriesOf({
      'sweeps.json': [{ ...sweep, ...more }],
      'sweep-batches.json': [],
      'sweep-batches.bin': new Uint8Array(0),
    });
    expect([name, open(packArchive(entries, 1))]).toMatchObject([name, refused]);
  }
});

test('batches that are not of their search are refused, each for its reason', () => {
  const cases: Record<string, Partial<Record<string, unknown>>> = {
    'of no search': { 'sweeps.json': [] },
    'the same search twice': { 'sweeps.json': [sweep, sweep] },
    'the same batch twice': { 'sweep-batches.json': [batchPlace, batchPlace] },
    'beyond the last': { 'sweep-batches.json': [{ ...batchPlace, batch: 2 }] },
    'before the first': { 'sweep-batches.json': [{ ...batchPlace, batch: -1 }] },
    'of another size': { 'sweep-batches.json': [{ ...batchPlace, batch: 0 }] },
    'with too few values': { 'sweep-batches.json': [{ ...batchPlace, values: 1 }] },
    'without end': { 'sweep-batches.json': [{ ...batchPlace, values: 2 ** 50 }] },
    'cut off': { 'sweep-batches.bin': batchBytes.slice(0, -8) },
    'of more bytes than they say': { 'sweep-batches.json': [] },
    'in no known state': { 'sweep-batches.bin': wrongState },
  };
  for (const [name, more] of Object.entries(cases)) {
    expect([name, open(packArchive(entriesOf(more), 1))]).toMatchObject([name, refused]);
  }
});

test('keys of every name are kept as data', () => {
  const settings = '[{"key":"__proto__","value":{"__proto__":{"polluted":true}}}]';
  const content = open(packArchive(entriesOf({ 'settings.json': strToU8(settings) }), 1));
  expect(content.ok && content.value.settings[0]!.key).toBe('__proto__');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
