import { expect, test } from 'vitest';
import { draftKey, removeDrafts } from './drafts.ts';

test('drafts go together, of notes as of strategies, and nothing else with them', () => {
  const kept = new Map(
    [
      draftKey('note', 'n1'),
      'offing.databases',
      draftKey('strategy', 's1'),
      'offing.draftsman',
    ].map((key) => [key, 'x']),
  );
  removeDrafts({
    get length() {
      return kept.size;
    },
    key: (at) => [...kept.keys()][at] ?? null,
    removeItem: (key) => void kept.delete(key),
  });
  expect([...kept.keys()]).toEqual(['offing.databases', 'offing.draftsman']);
});
