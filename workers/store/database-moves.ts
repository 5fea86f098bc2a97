/** How the names of this browser's databases change as accounts come and go. */
import { DEFAULT_NAME, type DatabaseNames } from './database-names.ts';

/** What an account that signs in does with the databases that there are. */
export type Entry =
  /** The open one is its own. */
  | { readonly kind: 'stay' }
  /** The open one is nobody's and becomes its own. */
  | { readonly kind: 'claim' }
  /** It has one already; `carry` = nobody's work in the open one is brought along. */
  | { readonly kind: 'open'; readonly name: string; readonly carry: boolean }
  /** The open one is somebody else's: a new one is made. */
  | { readonly kind: 'make' };

export function entryOf({ current, owners }: DatabaseNames, userId: string): Entry {
  const owner = owners[current] ?? null;
  if (owner === userId) return { kind: 'stay' };
  const own = Object.keys(owners).find((name) => owners[name] === userId);
  if (own !== undefined) return { kind: 'open', name: own, carry: owner === null };
  return owner === null ? { kind: 'claim' } : { kind: 'make' };
}

/** `offing.` and some letters, of numbers from 0 to below 1. */
export function newName(random: () => number): string {
  const letter = () => Math.floor(random() * 36).toString(36);
  return `${DEFAULT_NAME}.${Array.from({ length: 16 }, letter).join('')}`;
}

/** The names once `name` is the open one, of `owner`. */
export function opened(names: DatabaseNames, name: string, owner: string | null): DatabaseNames {
  const owners = { ...names.owners, [name]: owner };
  return { current: name, owners, doomed: names.doomed.filter((each) => each !== name) };
}

/** The names once `name` is to be deleted. */
export function doom(names: DatabaseNames, name: string): DatabaseNames {
  const { [name]: _, ...owners } = names.owners;
  return { ...names, owners, doomed: [...new Set([...names.doomed, name])] };
}
