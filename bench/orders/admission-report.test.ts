import { describe, expect, test } from 'vitest';
import { admissionRows, type Admissions } from './admission-report.ts';

/** A second of 306 orders, each answered after as many milliseconds as `latencyMs` says. */
function run(
  change: Partial<Admissions> = {},
  latencyMs = (n: number) => (n % 40) + 1,
): Admissions {
  return {
    ...{ people: 600, askedPerSecond: 306 },
    result: {
      ...{ admitted: 306, sinceMeasured: 306, errors: 0, firstError: null, perSecond: 306 },
      latenciesMs: Array.from({ length: 306 }, (_, n) => latencyMs(n)),
      cpuRatio: 0.1,
    },
    work: { seconds: 1, server: 0.6, postgres: 0.4, all: 1.5 },
    kept: { requests: 306, intents: 306, entries: 306 },
    ...change,
  };
}

const verdicts = (admissions: Admissions) =>
  admissionRows(admissions).flatMap(({ pass }) => (pass === null ? [] : [pass]));
const missed = (admissions: Admissions) =>
  admissionRows(admissions).flatMap(({ name, pass }) => (pass === false ? [name] : []));
const { result } = run();

describe('what a run of orders is held to', () => {
  test('is kept where all were admitted once and in time', () => {
    expect(verdicts(run())).toEqual([true, true, true, true]);
  });

  test.for<readonly [string, Admissions]>([
    ['orders of 600 people', run({ result: { ...result, perSecond: 299.9 } })],
    ['99 % of them', run({}, (n) => (n < 302 ? 1 : 50))],
    ['orders not admitted', run({ result: { ...result, admitted: 305, errors: 1 } })],
    ['admitted orders kept', run({ kept: { requests: 306, intents: 306, entries: 305 } })],
    ['admitted orders kept', run({ kept: { requests: 307, intents: 307, entries: 307 } })],
  ])('is missed by %s alone', ([name, admissions]) => {
    expect(missed(admissions).some((each) => each.startsWith(name))).toBe(true);
  });

  test('is not missed for the slowest three of 306', () => {
    expect(missed(run({}, (n) => (n < 303 ? 49 : 900)))).toEqual([]);
  });
});

test('a run without any answer keeps nothing', () => {
  const none = { ...result, admitted: 0, perSecond: 0, latenciesMs: [] };
  const kept = { requests: 0, intents: 0, entries: 0 };
  expect(missed(run({ result: none, kept }))).toContain(
    '99 % of them answered within, from when each was due',
  );
});

test('work is told an order, and what other programs take beside it', () => {
  const rows = admissionRows(run());
  const value = (name: string) => rows.find((row) => row.name.startsWith(name))!.value;
  expect(value('work of the server')).toBeCloseTo(600 / 306);
  expect(value('work of Postgres')).toBeCloseTo(400 / 306);
  const slow = rows.find(({ name }) => name.startsWith('99 %'));
  expect(slow?.reason).toContain('server 60 %, Postgres 40 %, generator 10 %, other programs 40 %');
});
