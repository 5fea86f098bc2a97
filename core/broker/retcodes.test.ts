/** Every code of MetaTrader 5, as orders must be dealt with after it. */
import { expect, test } from 'vitest';
import { classify, type RetcodeClass } from './retcodes.ts';

/** Of `docs/connector-protocol.md`; a code that is not here is none that MetaTrader has. */
const expected: Readonly<Record<Exclude<RetcodeClass, 'ambiguous'>, readonly number[]>> = {
  placed: [10008],
  done: [10009],
  partial: [10010],
  already: [10025, 10036],
  retry: [10004, 10018, 10020, 10021, 10023, 10024, 10029],
  permanent: [
    ...[10006, 10007, 10013, 10014, 10015, 10016, 10017, 10019, 10022, 10026, 10027, 10030],
    ...[10032, 10033, 10034, 10035, 10038, 10040, 10041, 10042, 10043, 10044, 10045, 10046],
  ],
};
const classOf = new Map(
  Object.entries(expected).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)),
);

test('each code from 10004 to 10046 is classed, and every other could mean anything', () => {
  for (let code = 9_990; code <= 10_100; code++) {
    expect([code, classify(code)]).toEqual([code, classOf.get(code) ?? 'ambiguous']);
  }
  for (const code of [0, -1, 1, 4756, Number.NaN, Infinity, 10_009.5]) {
    expect(classify(code)).toBe('ambiguous');
  }
});
