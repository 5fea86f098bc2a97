/** Which keys do what: the usual ones with one's own, who stands in whose way, what a press means. */
import type { ActionSpec } from './action-specs.ts';

type Keyed = Pick<ActionSpec, 'id' | 'keys' | 'page' | 'isFixed'>;

/** The keys of an action as they are now; '' = none. */
export function keysOf(
  { id, keys, isFixed }: Keyed,
  own: Readonly<Record<string, string>>,
): string {
  return isFixed ? keys : (own[id] ?? keys);
}

/** Actions that `keys` would take from, or that would never be reached beside it. */
export function inTheWay<Spec extends Keyed>(
  specs: readonly Spec[],
  own: Readonly<Record<string, string>>,
  wanted: { readonly id: string; readonly keys: string; readonly page?: string | undefined },
): readonly Spec[] {
  if (wanted.keys === '') return [];
  return specs.filter((spec) => {
    if (spec.id === wanted.id) return false;
    const isApart = spec.page && wanted.page && spec.page !== wanted.page;
    return !isApart && overlap(keysOf(spec, own), wanted.keys);
  });
}

/** Actions whose keys go on where `wanted` ends: had alone it would make them all unreachable. */
export function begunBy<Spec extends Keyed>(
  specs: readonly Spec[],
  own: Readonly<Record<string, string>>,
  wanted: { readonly id: string; readonly keys: string },
): readonly Spec[] {
  if (wanted.keys === '') return [];
  return specs.filter(
    (spec) => spec.id !== wanted.id && keysOf(spec, own).startsWith(`${wanted.keys} `),
  );
}

function overlap(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  // Fixed keys may be several, parted by a comma.
  return a
    .split(', ')
    .some((one) => one === b || one.startsWith(`${b} `) || b.startsWith(`${one} `));
}

export interface Bound {
  readonly keys: string;
  readonly page?: string | undefined;
}

/** What a press comes to: something to do, the beginning of something, or nothing. */
export type Meaning<Of> = { readonly done: Of } | { readonly begun: string } | null;

/** Of two with the same keys the one of the page is meant. `begun` is what was pressed just before. */
export function meaningOf<Of extends Bound>(
  bound: readonly Of[],
  chord: string,
  begun: string,
): Meaning<Of> {
  const together = begun === '' ? chord : `${begun} ${chord}`;
  const found = bound.filter(({ keys }) => keys === together);
  const done = found.find(({ page }) => page !== undefined) ?? found[0];
  if (done) return { done };
  if (bound.some(({ keys }) => keys.startsWith(`${together} `))) return { begun: together };
  return begun === '' ? null : meaningOf(bound, chord, '');
}
