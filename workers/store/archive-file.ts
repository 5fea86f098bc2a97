/**
 * The container of an archive: a zip of named entries and a manifest with their checksums.
 *
 * `manifest.json` is `{ format: 'offing', version: 10, createdMs, entries: { NAME: { bytes,
 * sha256 } } }`. JSON entries hold rows as they lie in the database; `chunks.bin` holds the
 * chunks of `chunks.json` one after the other, `tick-chunks.bin` those of `tick-chunks.json`,
 * `run-arrays.bin` those of `run-arrays.json` and `sweep-batches.bin` those of
 * `sweep-batches.json`, `picture-bytes.bin` those of
 * `picture-bytes.json`, `statement-bytes.bin` those of `statement-bytes.json`. Version 1 had no searches, version 2 no ticks, version 3 no notes, no
 * watchlist and no price files of other devices, version 4 no layouts of charts and no drawings,
 * version 5 no pictures, version 6 no statements and nothing written at round trips, version 7 no round trips entered by hand,
 * version 8 no playbooks, days and checklist, version 9 no views of the journal, no goals, no news
 * and no round trips that were merged or split by hand.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import {
  finite,
  list,
  matching,
  object,
  readShape,
  record,
  whole,
  type Shape,
} from '#core/collections/shape.ts';

const namesOfVersion1 = [
  'series.json',
  'chunks.json',
  'chunks.bin',
  'strategies.json',
  'runs.json',
  'run-arrays.json',
  'run-arrays.bin',
  'settings.json',
] as const;
const namesOfVersion2 = [
  ...namesOfVersion1,
  'sweeps.json',
  'sweep-batches.json',
  'sweep-batches.bin',
] as const;
const namesOfVersion3 = [...namesOfVersion2, 'tick-chunks.json', 'tick-chunks.bin'] as const;
const namesOfVersion4 = [
  ...namesOfVersion3,
  'notes.json',
  'watchlist.json',
  'price-files.json',
] as const;
const namesOfVersion5 = [...namesOfVersion4, 'layouts.json', 'drawings.json'] as const;
const namesOfVersion6 = [
  ...namesOfVersion5,
  'pictures.json',
  'picture-bytes.json',
  'picture-bytes.bin',
] as const;
const namesOfVersion7 = [
  ...namesOfVersion6,
  'statements.json',
  'statement-bytes.json',
  'statement-bytes.bin',
  'trip-marks.json',
] as const;
const namesOfVersion8 = [...namesOfVersion7, 'hand-trips.json'] as const;
const namesOfVersion9 = [
  ...namesOfVersion8,
  'playbooks.json',
  'journal-days.json',
  'checklist-items.json',
] as const;
/** A table `sweepBatches` has the entry `sweep-batches.json`. */
export const entryNames = [
  ...namesOfVersion9,
  'journal-views.json',
  'trip-edits.json',
  'goals.json',
  'news-months.json',
] as const;
export type EntryName = (typeof entryNames)[number];
export type Entries = Readonly<Record<EntryName, Uint8Array>>;

export const ARCHIVE_VERSION = 10;
const namesByVersion: Readonly<Record<number, readonly EntryName[]>> = {
  1: namesOfVersion1,
  2: namesOfVersion2,
  3: namesOfVersion3,
  4: namesOfVersion4,
  5: namesOfVersion5,
  6: namesOfVersion6,
  7: namesOfVersion7,
  8: namesOfVersion8,
  9: namesOfVersion9,
  10: entryNames,
};
const MOST_ROWS = 1_000_000;
const MANIFEST = 'manifest.json';
/** What an archive may unpack to; more is a trap or not for a browser. */
export const MOST_ARCHIVE_BYTES = 2 ** 30;

interface Manifest {
  readonly format: string;
  readonly version: number;
  readonly createdMs: number;
  readonly entries: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

const manifestShape: Shape<Manifest> = object<Manifest>({
  format: matching(/^offing$/),
  version: whole,
  createdMs: finite,
  entries: record(object({ bytes: whole, sha256: matching(/^[0-9a-f]{64}$/) })),
});

export function packArchive(entries: Entries, createdMs: number): Uint8Array {
  const sums = entryNames.map((name) => {
    const bytes = entries[name];
    return [name, { bytes: bytes.length, sha256: bytesToHex(sha256(bytes)) }] as const;
  });
  const manifest: Manifest = {
    format: 'offing',
    version: ARCHIVE_VERSION,
    createdMs,
    entries: Object.fromEntries(sums),
  };
  const files: Zippable = { [MANIFEST]: strToU8(JSON.stringify(manifest, null, 2)) };
  // Deltas compress little: a light pass is worth it, a thorough one is not.
  for (const name of entryNames) {
    files[name] = [entries[name], { level: name.endsWith('.bin') ? 1 : 6 }];
  }
  return zipSync(files);
}

/**
 * The entries of an archive, each proved by its checksum. Error: `store.archive-invalid` for
 * anything that is not exactly what `packArchive` writes.
 */
export function unpackArchive(
  zip: Uint8Array,
  limitBytes = MOST_ARCHIVE_BYTES,
): Result<Entries, Failure> {
  const files = unzip(zip, limitBytes);
  if (typeof files === 'string') return invalid(files);
  const json = parseJson(files[MANIFEST]!);
  if (json === undefined) return invalid('its manifest is no JSON');
  const manifest = readShape(json, 'manifest', manifestShape);
  if ('fault' in manifest) return invalid(manifest.fault);
  const { version, entries } = manifest.value;
  const names = namesByVersion[version];
  if (names === undefined) {
    return invalid(`it is of version ${version}, this Offing reads version ${ARCHIVE_VERSION}`);
  }
  if (Object.keys(files).length !== names.length + 1) return invalid('its parts are not its own');
  const out: Partial<Record<EntryName, Uint8Array>> = {};
  for (const name of entryNames) out[name] = emptyEntry(name);
  for (const name of names) {
    const bytes = files[name];
    if (bytes === undefined) return invalid('a part of it is missing');
    const stated = entries[name];
    if (stated?.bytes !== bytes.length || stated.sha256 !== bytesToHex(sha256(bytes))) {
      return invalid(`${name} is not what its manifest says`);
    }
    out[name] = bytes;
  }
  return ok(out as Entries);
}

/** What an archive of an earlier version has of a part that it did not know. */
function emptyEntry(name: EntryName): Uint8Array {
  return name.endsWith('.json') ? strToU8('[]') : new Uint8Array(0);
}

/** The files by name, the manifest among them, or what is wrong. */
function unzip(zip: Uint8Array, limitBytes: number): Record<string, Uint8Array> | string {
  const expected = new Set<string>([MANIFEST, ...entryNames]);
  const seen = new Set<string>();
  let fault: string | null = null;
  let total = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (!expected.has(name)) fault ??= 'it holds a file that is none of its own';
        else if (seen.has(name)) fault ??= `it holds ${name} twice`;
        else if (!(total <= limitBytes)) fault ??= 'it unpacks to more than it may';
        seen.add(name);
        return fault === null;
      },
    });
    if (fault !== null) return fault;
    return seen.has(MANIFEST) ? files : 'a part of it is missing';
  } catch {
    // fflate reports damage by throwing, and a false size as a failed allocation.
    return 'it is no whole zip file';
  }
}

export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    return undefined;
  }
}

/** The rows of a JSON entry, each of its shape and none of them twice. */
export function readRows<T>(
  entries: Entries,
  name: EntryName,
  shape: Shape<T>,
  keyOf: (row: T) => string,
): Result<readonly T[], Failure> {
  const read = readShape(parseJson(entries[name]), name, list(shape, MOST_ROWS));
  if ('fault' in read) return invalid(read.fault);
  const keys = new Set(read.value.map(keyOf));
  return keys.size === read.value.length ? ok(read.value) : invalid(`${name} has a row twice`);
}

export function invalid(why: string): { readonly ok: false; readonly error: Failure } {
  return fail({ code: 'store.archive-invalid', detail: `The archive cannot be used: ${why}.` });
}
