/** One input that a search varies: from, to and by how much, both ends included. */

export interface Axis {
  /** The input's name as the rules write it. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** Most values on one axis. */
export const mostAxisValues = 10_000;

/** Float steps such as 0.1 add up to a hair more or less than the end: this much is forgiven. */
const ROUNDING = 1e-9;

/** How many values lie on the axis; 0 where its numbers make no range. */
export function axisCount({ from, to, step }: Axis): number {
  if (![from, to, step].every(Number.isFinite) || step < 0 || to < from) return 0;
  if (from === to) return 1;
  return step === 0 ? 0 : Math.floor((to - from) / step + ROUNDING) + 1;
}

/** The value at a place on the axis, with the decimals a person would write: 0.3, not 0.30…04. */
export function axisValue({ from, step }: Axis, place: number): number {
  return Number((from + place * step).toPrecision(12));
}

/** Why the range cannot be searched, one sentence, or null where it can. */
export function axisFault(axis: Axis): string | null {
  if (![axis.from, axis.to, axis.step].every(Number.isFinite)) return 'Write three numbers.';
  if (axis.to < axis.from) return 'The end lies below the start.';
  if (axis.from !== axis.to && axis.step <= 0) return 'The step is more than 0.';
  if (axisCount(axis) > mostAxisValues) return `At most ${mostAxisValues} values on one input.`;
  return null;
}
