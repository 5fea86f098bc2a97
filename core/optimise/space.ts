/**
 * Every combination of the axes, numbered: the last axis turns fastest, as on an odometer.
 *
 * A combination is its number alone; the places and values are worked out from it.
 */
import { assert } from '../assert.ts';
import { axisCount, axisValue, type Axis } from './axis.ts';

/** Numbers up to here are exact and can be shuffled; see `permutation.ts`. */
export const mostCombinations = 2 ** 50;

/** How many combinations there are; 1 without axes. */
export function combinationCount(axes: readonly Axis[]): number {
  return axes.reduce((product, axis) => product * axisCount(axis), 1);
}

/** The place on each axis of a combination. */
export function placesOf(axes: readonly Axis[], combination: number): number[] {
  const places = new Array<number>(axes.length).fill(0);
  let rest = combination;
  for (let at = axes.length - 1; at >= 0; at--) {
    const count = axisCount(axes[at]!);
    places[at] = rest % count;
    rest = Math.floor(rest / count);
  }
  assert(rest === 0, 'the combination lies in the space');
  return places;
}

/** The inverse of `placesOf`. */
export function combinationAt(axes: readonly Axis[], places: readonly number[]): number {
  return axes.reduce((number, axis, at) => number * axisCount(axis) + places[at]!, 0);
}

/** The inputs that a combination stands for, by name. */
export function valuesOf(axes: readonly Axis[], combination: number): Record<string, number> {
  const places = placesOf(axes, combination);
  return Object.fromEntries(axes.map((axis, at) => [axis.name, axisValue(axis, places[at]!)]));
}
