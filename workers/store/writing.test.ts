import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { collections } from '#core/collections/registry.ts';

const root = join(import.meta.dirname, '..', '..');
const own = ['workers/store', 'workers/replica'];

const sources = ['web', 'workers'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test)\.(ts|svelte)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
);

/** Calls that write a table, by what they are called on. */
function writesOf(text: string): string[] {
  const names = collections.map(({ name }) => name).join('|');
  const always = /\b(\w+)\s*\.(?:put|bulkPut|bulkAdd|bulkUpdate|bulkDelete|upsert|modify)\(/g;
  const ofRows = new RegExp(
    `\\b(${names}|table|rows)\\s*\\.(?:add|update|delete|clear|put)\\(|\\)\\s*\\.(modify|delete)\\(`,
    'g',
  );
  const all = [...text.matchAll(always), ...text.matchAll(ofRows)];
  return all.map(([, on = 'a selection', of]) => of ?? on);
}

/** What no account carries to another device; a cache and a map are no tables. */
const allowed = [
  'runArrays',
  'pictureBytes',
  'statementBytes',
  'sweeps',
  'sweepBatches',
  'cache',
  'found',
];

test('rows of collections are written by the writer alone', () => {
  const faults = sources
    .filter((path) => !own.some((folder) => path.startsWith(`${folder}/`)))
    .flatMap((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      if (!/\b[Dd]atabase\b/.test(text)) return [];
      const writes = writesOf(text).filter((on) => !allowed.includes(on));
      return writes.map((on) => `${path} writes ${on}`);
    });
  expect(faults).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});

test('the search for such writes finds them', () => {
  for (const text of [
    'database.strategies.put(row)',
    'await runs.update(id, change)',
    'table.bulkAdd(rows)',
    "notes.where('id').equals(id).modify(change)",
    'database.watchlist.where(query).delete()',
    'settings\n  .clear()',
  ]) {
    expect(writesOf(text).length, text).toBeGreaterThan(0);
  }
});
