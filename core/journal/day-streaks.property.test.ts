/** Streaks of days against what one would count by hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, isWeekend, streakOf } from './day-streaks.ts';

const first = '2026-11-02';
const days = fc
  .uniqueArray(fc.nat({ max: 40 }), { maxLength: 41 })
  .map((all) => all.map((at) => dayAfter(first, at)));
const day = fc.nat({ max: 40 }).map((at) => dayAfter(first, at));

/** Day by day backwards, as one would on a calendar. */
function counted(done: ReadonlySet<string>, today: string): number {
  let count = 0;
  for (let at = today; at >= first; at = dayAfter(at, -1)) {
    if (done.has(at)) count++;
    else if (at !== today && !isWeekend(at)) break;
  }
  return count;
}

test('a streak is what a calendar counts backwards, whatever the order of the days', () => {
  fc.assert(
    fc.property(days, day, (done, today) => {
      const streak = streakOf(done, today);
      expect(streak.now).toBe(counted(new Set(done), today));
      const each = Array.from({ length: 41 }, (_, at) =>
        counted(new Set(done), dayAfter(first, at)),
      );
      const untilToday = each.filter((_, at) => dayAfter(first, at) <= today);
      expect(streak.longest).toBe(Math.max(0, ...untilToday));
      expect(streakOf(done.toReversed(), today)).toEqual(streak);
    }),
  );
});

test('one day more never makes a streak shorter', () => {
  fc.assert(
    fc.property(days, day, day, (done, more, today) => {
      const [before, after] = [streakOf(done, today), streakOf([...done, more], today)];
      expect(after.now).toBeGreaterThanOrEqual(before.now);
      expect(after.longest).toBeGreaterThanOrEqual(before.longest);
    }),
  );
});

test('a weekend breaks no streak, a day of the week does, and today is not missed yet', () => {
  expect(streakOf(['2026-11-26', '2026-11-27'], '2026-11-30')).toEqual({ now: 2, longest: 2 });
  expect(streakOf(['2026-11-26', '2026-11-27'], '2026-12-01')).toEqual({ now: 0, longest: 2 });
  expect(streakOf(['2026-11-27', '2026-11-28'], '2026-11-30').now).toBe(2);
  expect(streakOf([], '2026-11-30')).toEqual({ now: 0, longest: 0 });
});
