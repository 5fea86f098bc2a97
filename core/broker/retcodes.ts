/** What an answer of MetaTrader 5 means for an order: did it happen, may it be tried again? */

/**
 * - `done`, `placed` (taken, not final), `partial`: it happened, as far as it says;
 * - `already`: things are as was asked;
 * - `retry`: certainly not executed, and another attempt can succeed;
 * - `permanent`: certainly not executed, and asking again changes nothing;
 * - `ambiguous`: nobody can say; never sent again.
 */
export type RetcodeClass =
  'done' | 'placed' | 'partial' | 'already' | 'ambiguous' | 'retry' | 'permanent';

const classes: ReadonlyMap<number, RetcodeClass> = new Map<number, RetcodeClass>([
  [10008, 'placed'],
  [10009, 'done'],
  [10010, 'partial'],
  [10025, 'already'],
  // The position is closed already.
  [10036, 'already'],
  ...each('retry', [10004, 10018, 10020, 10021, 10023, 10024, 10029]),
  ...each(
    'permanent',
    [10006, 10007, 10013, 10014, 10015, 10016, 10017, 10019, 10022, 10026, 10027],
    [10030, 10032, 10033, 10034, 10035, 10038, 10040, 10041, 10042, 10043, 10044, 10045, 10046],
  ),
  // 10011 and 10028 say that something failed or is locked, 10012 and 10031 that no answer came.
  // With 10039 a closing order is there already: whether it is this one, only looking tells.
  ...each('ambiguous', [10011, 10012, 10028, 10031, 10039]),
]);

/** A code that is not known could mean anything, so it is `ambiguous`. */
export function classify(retcode: number): RetcodeClass {
  return classes.get(retcode) ?? 'ambiguous';
}

function each(
  kind: RetcodeClass,
  ...codes: readonly (readonly number[])[]
): readonly (readonly [number, RetcodeClass])[] {
  return codes.flat().map((code) => [code, kind] as const);
}
