import { expect, test } from 'vitest';
import type { AlertView } from '#core/alerts/alert-views.ts';
import { alertStateWords } from './words.ts';

const id = '00000000-0000-4000-8000-000000000001';
const alert: AlertView = {
  ...{ alertId: id, accountId: id, repeat: 'once', pauseMs: 60_000, untilMs: 9, channels: [] },
  condition: { t: 'price', symbol: 'EURUSD', way: 'above', price: 1.1 },
  ...{ note: '', state: 'done', fired: 0, lastFiredMs: null, createdMs: 1 },
};

test.each([
  ['once and was', 'once', 5, 'It was told once.'],
  // It may have been told before it was changed.
  ['once and was not', 'once', null, 'Its time is over.'],
  ['every time and was', 'every', 5, 'Its time is over.'],
  ['every time and was not', 'every', null, 'Its time is over.'],
] as const)('an alert that is done, and was to be told %s, says why', (_, repeat, told, long) => {
  const words = alertStateWords({ ...alert, repeat, fired: 3, lastFiredMs: told }, true);
  expect(words).toMatchObject({ short: 'Done', long });
});
