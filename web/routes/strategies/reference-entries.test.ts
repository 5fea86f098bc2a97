import { expect, it } from 'vitest';
import { findEntries, referenceEntries } from './reference-entries.ts';

it('finds everything where nothing is searched for', () => {
  expect(findEntries('  ')).toEqual(referenceEntries);
});

it('puts the entry of that name before those that only mention it', () => {
  expect(findEntries('SMA')[0]?.name).toBe('sma');
  expect(findEntries('stop')[0]?.name).toBe('stop');
});

it('finds by words of the description, all of them', () => {
  const found = findEntries('limits loss');
  expect(found.map((entry) => entry.name)).toContain('stop');
  expect(findEntries('limits zebra')).toEqual([]);
});

it('holds every entry once in its group', () => {
  const keys = referenceEntries.map((entry) => `${entry.group} ${entry.name}`);
  expect(new Set(keys).size).toBe(keys.length);
});
