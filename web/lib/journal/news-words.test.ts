/** What is said once a calendar is kept. */
import { expect, test } from 'vitest';
import { addedNotice } from './news-words.ts';

test('counts what is kept, and nothing more where all of it had room', () => {
  expect(addedNotice({ kept: 3, left: 0, fullMonths: [] })).toEqual({
    ...{ text: 'Kept: 3 events', tone: 'ok' },
  });
});

test('what had no room is counted, with the months that were too full', () => {
  const fullMonths = Array.from({ length: 8 }, (_, at) => `2026-0${at + 1}`);
  const { text, detail, tone } = addedNotice({ kept: 201, left: 1_800, fullMonths });
  expect([text, tone]).toEqual(['Kept: 201 events', 'warning']);
  expect(detail).toMatch(/^Without room: 1,800 events\. .* in 2026-01, .*, 2026-06…\.$/);
});
