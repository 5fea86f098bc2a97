import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeText, type TimeDisplay } from '../words/times.ts';
import { beginOfDay, dayNamed, endOfDay, monthAfter, weeksOf } from './day-zone.ts';

const displays: readonly TimeDisplay[] = [
  ...(['utc', 'zone:America/New_York', 'zone:America/New_York+07:00'] as const),
  ...(['zone:Europe/Berlin', 'zone:Australia/Sydney', 'zone:+05:30'] as const),
];
const days = fc
  .integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2040, 0, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

describe('a day of a clock', () => {
  it('holds its first and its last instant, and none before or after, also of 23 and 25 hours', () => {
    const dayAt = (ms: number, display: TimeDisplay) => timeText(ms, display, { dateOnly: true });
    const turned = fc.constantFrom('2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25');
    fc.assert(
      fc.property(fc.oneof(days, turned), fc.constantFrom(...displays), (day, display) => {
        const [begin, end] = [beginOfDay(day, display)!, endOfDay(day, display)!];
        expect([begin, end - 1].map((ms) => dayAt(ms, display))).toEqual([day, day]);
        expect([begin - 1, end].map((ms) => dayAt(ms, display))).not.toContain(day);
      }),
    );
  });

  it('is none where no day is named', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dayNamed(day)).toBe(day);
      }),
    );
    expect(['2026-02-31', '2026-13-01', 'today', '', null].map(dayNamed)).toEqual([
      ...[null, null, null, null, null],
    ]);
    expect(['', '2026-13-45', 'today'].map((day) => beginOfDay(day, 'utc'))).toEqual([
      ...[null, null, null],
    ]);
    expect(endOfDay('', 'utc')).toBeNull();
  });
});

describe('a month', () => {
  it('has each of its days once, in weeks of seven from Monday', () => {
    fc.assert(
      fc.property(days, (day) => {
        const month = day.slice(0, 7);
        const weeks = weeksOf(month);
        const own = weeks.flat().filter(({ isOfMonth }) => isOfMonth);
        const last = new Date(Date.parse(`${monthAfter(month, 1)}-01`) - 1).getUTCDate();
        expect(own.map((each) => Number(each.day.slice(8)))).toEqual(
          Array.from({ length: last }, (_, i) => i + 1),
        );
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          expect(new Date(week[0]!.day).getUTCDay()).toBe(1);
          expect(week.some(({ isOfMonth }) => isOfMonth)).toBe(true);
        }
        expect(monthAfter(monthAfter(month, 1), -1)).toBe(month);
      }),
    );
  });
});
