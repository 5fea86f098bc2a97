/** The one thing every indicator demands of its caller. */
import { assert } from '../assert.ts';

/** Throws if `period` is not a whole number of at least 1: the rules check it before. */
export function checkPeriod(period: number): void {
  assert(Number.isInteger(period) && period >= 1, 'a period is a positive integer');
}
