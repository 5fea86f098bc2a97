/** Sessions follow the clocks of their cities through summer time. */
import { expect, test } from 'vitest';
import { sessionSpans } from './sessions.ts';

const text = (fromMs: number, toMs: number) =>
  sessionSpans(fromMs, toMs).map(
    ({ session, fromMs: from, toMs: to }) =>
      `${session.name} ${new Date(from).toISOString().slice(0, 16)} ${new Date(to).toISOString().slice(11, 16)}`,
  );

test('an hour earlier in summer in London and New York, never in Tokyo', () => {
  expect(text(Date.UTC(2024, 0, 10), Date.UTC(2024, 0, 11) - 1)).toEqual([
    'Asia 2024-01-10T00:00 09:00',
    'London 2024-01-10T08:00 17:00',
    'New York 2024-01-10T13:00 22:00',
  ]);
  expect(text(Date.UTC(2024, 6, 10), Date.UTC(2024, 6, 11) - 1)).toEqual([
    'Asia 2024-07-10T00:00 09:00',
    'London 2024-07-10T07:00 16:00',
    'New York 2024-07-10T12:00 21:00',
  ]);
  // America is two weeks ahead.
  expect(text(Date.UTC(2024, 2, 15), Date.UTC(2024, 2, 16) - 1).slice(1)).toEqual([
    'London 2024-03-15T08:00 17:00',
    'New York 2024-03-15T12:00 21:00',
  ]);
});

test('none on a weekend', () => {
  expect(text(Date.UTC(2024, 0, 13), Date.UTC(2024, 0, 15) - 1)).toEqual([]);
});
