/** The usual keys, on all pages together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { allKeys } from './all-keys.ts';
import { inTheWay } from './bindings.ts';
import { refusalOf } from './chord.ts';

// The pages without their icons, which are components and need a browser.
vi.mock('../navigation.ts', () => {
  const text = readFileSync(join(import.meta.dirname, '../navigation.ts'), 'utf8');
  const lines = text.matchAll(/href: '([^']+)', label: say`([^`]+)`.* key: '([^']+)'/g);
  return { pages: [...lines].map(([, href, label, key]) => ({ href, label, key })) };
});

test('no usual keys stand in the way of others, and each could be chosen anew', () => {
  expect(allKeys.filter(({ id }) => id.startsWith('go.')).length).toBeGreaterThan(10);
  for (const spec of allKeys.filter(({ isFixed }) => !isFixed)) {
    expect([spec.id, inTheWay(allKeys, {}, spec).map(({ id }) => id)]).toEqual([spec.id, []]);
    expect([spec.id, refusalOf(spec.keys)]).toEqual([spec.id, null]);
  }
  expect(new Set(allKeys.map(({ id }) => id)).size).toBe(allKeys.length);
});
