/** Opens what came: whole fragments in their order, and which must wait, and why. */
import { fromWire, type Fragment, type WireFragment } from '#core/sync/fragment.ts';
import type { ChunkBox } from './chunk-box.ts';
import type { Cipher, Opened } from './cipher.ts';
import { unpackCells } from './packed-cells.ts';
import type { AsideReason } from './set-aside.ts';

export interface OpeningParts {
  readonly cipher: Cipher;
  readonly box: ChunkBox;
  /** Learns the sealed names of the rows that are stored. */
  refreshRows(collection: string): Promise<void>;
}

export interface OpenedPage {
  /** One for each of the page: the fragment, or why it waits; null = there is nothing to do. */
  readonly each: readonly (Fragment | AsideReason | null)[];
}

/** Beyond this many at once, those that wait only take memory. */
const atOnce = 250;

export async function openPage(
  parts: OpeningParts,
  wire: readonly WireFragment[],
): Promise<OpenedPage> {
  const each: (Fragment | AsideReason | null)[] = [];
  for (let at = 0; at < wire.length; at += atOnce) {
    const slice = wire.slice(at, at + atOnce).map((one) => openOne(parts, one));
    const isAtOnce = slice.every((one) => !(one instanceof Promise));
    each.push(...(isAtOnce ? (slice as readonly Fragment[]) : await Promise.all(slice)));
  }
  // The rows of deletions are known once what else came of them was opened.
  const collections = new Set<string>();
  await again(parts, wire, each, (collection) => void collections.add(collection));
  if (collections.size === 0) return { each };
  for (const collection of collections) await parts.refreshRows(collection);
  await again(parts, wire, each, () => undefined);
  return { each };
}

async function again(
  parts: OpeningParts,
  wire: readonly WireFragment[],
  each: (Fragment | AsideReason | null)[],
  onUnknown: (collection: string) => void,
): Promise<void> {
  for (const [index, one] of each.entries()) {
    if (one !== 'row') continue;
    const opened = await openOne(parts, wire[index]!);
    each[index] = opened;
    if (opened === 'row') onUnknown(String(wire[index]![0]));
  }
}

type Outcome = Fragment | AsideReason | null;

function openOne(parts: OpeningParts, wire: WireFragment): Outcome | Promise<Outcome> {
  const read = fromWire(wire);
  if ('fault' in read) return 'damaged';
  const opened = parts.cipher.openFragment(read);
  if (!(opened instanceof Promise)) return settle(parts, opened, read);
  return opened.then((done) => settle(parts, done, read));
}

function settle(parts: OpeningParts, opened: Opened, wire: Fragment): Outcome | Promise<Outcome> {
  if ('fault' in opened) return 'damaged';
  // Who never had the row has nothing to purge of it.
  if ('unknownRow' in opened) return wire.purged ? null : 'row';
  if (opened.packed.size === 0) return opened.fragment;
  return unpackCells(parts.box, opened.fragment, opened.packed);
}
