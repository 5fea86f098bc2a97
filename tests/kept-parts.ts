/** What the built service worker keeps on the device, read from the worker itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptParts {
  /** Paths of `build/`, with a slash before them. */
  readonly precache: readonly string[];
  /** Fetched when the first page has nothing to do. */
  readonly soon: readonly string[];
  readonly firstUse: readonly string[];
}

export function readKeptParts(): KeptParts {
  const file = join(import.meta.dirname, '..', 'build', 'service-worker.js');
  const text = readFileSync(file, 'utf8');
  // A list is written as one, or as one text that is split.
  const lists = text.match(/\[(?:`\/[^`]+`,?)+\]|`\/[^`]+,[^`]+`(?=\.split)/g) ?? [];
  const [soon, firstUse, more] = lists.map((list) => list.match(/\/[^`,]+/g) ?? []);
  if (!soon || !firstUse || more)
    throw new Error('The worker names its later parts otherwise now.');
  return {
    precache: [...text.matchAll(/url:`(\/[^`]+)`/g)].map(([, path]) => path!),
    soon,
    firstUse,
  };
}
