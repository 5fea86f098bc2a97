/** What must hold, on a device at any time and of all of them in the end. */
import { collectionNamed } from '#core/collections/registry.ts';
import { addCell, emptyDigest } from '#core/sync/digest.ts';
import type { Json } from '#core/sync/fragment.ts';
import { MOST_AHEAD_MS, msOfHlc, type Hlc } from '#core/sync/hlc.ts';
import type { PushAnswer, PushRequest } from '#core/sync/protocol.ts';
import { stampOf } from '#core/sync/row-state.ts';
import { bytesOfStored } from '#core/sync/server-merge.ts';
import type { ReplicaData } from './replica-store.ts';
import type { ServerData } from './server-store.ts';

export type Invariant =
  | 'converged'
  | 'digests equal'
  | 'nothing waits'
  | 'no shadow left'
  | 'acknowledged is there'
  | 'nothing lost'
  | 'no stamp ahead'
  | 'fragments own cells'
  | 'bytes counted'
  | 'cell is max of shadow and waiting'
  | 'no error';

export interface Fault {
  readonly invariant: Invariant;
  readonly detail: string;
}

interface Cell {
  readonly value: Json;
  readonly hlc: Hlc;
}

export type Cells = ReadonlyMap<string, Cell>;

export function cellsOfDevice({ rows }: ReplicaData): Cells {
  const cells = new Map<string, Cell>();
  for (const [collection, some] of rows) {
    for (const row of some.values()) {
      if (collectionNamed(collection)?.isLocal?.(row.id)) continue;
      for (const [cell, value] of Object.entries(row.cells)) {
        cells.set(`${collection} ${row.id} ${cell}`, { value, hlc: stampOf(row, cell)! });
      }
    }
  }
  return cells;
}

export function cellsOfServer({ fragments }: ServerData): Cells {
  const cells = new Map<string, Cell>();
  for (const { collection, row, live, cells: values, hlc } of fragments) {
    for (const cell of live)
      cells.set(`${collection} ${row} ${cell}`, { value: values[cell]!, hlc });
  }
  return cells;
}

/** The first cell of which two sides do not have the same. */
export function difference(ours: Cells, theirs: Cells): string | null {
  for (const name of [...new Set([...ours.keys(), ...theirs.keys()])].toSorted()) {
    const [our, their] = [JSON.stringify(ours.get(name)), JSON.stringify(theirs.get(name))];
    if (our !== their) return `${name}: ${our} here, ${their} there`;
  }
  return null;
}

export function sumOf(cells: Cells): string {
  const digest = emptyDigest();
  for (const [name, { hlc }] of cells) {
    const [, row, cell] = name.split(' ') as [string, string, string];
    addCell(digest, row, cell, hlc);
  }
  return digest.join();
}

export function faultOfServer(data: ServerData, nowMs: number): Fault | null {
  const owners = new Set<string>();
  let bytes = 0;
  for (const fragment of data.fragments) {
    const { collection, row, hlc, live, cells } = fragment;
    bytes += fragment.bytes;
    if (msOfHlc(hlc) > nowMs + MOST_AHEAD_MS) {
      return { invariant: 'no stamp ahead', detail: `${row} ${hlc}` };
    }
    const owned = [...live].toSorted().join();
    if (live.length === 0 || owned !== Object.keys(cells).toSorted().join()) {
      return { invariant: 'fragments own cells', detail: `${row} ${hlc} owns ${owned}` };
    }
    if (bytesOfStored(fragment) < fragment.bytes) {
      return { invariant: 'bytes counted', detail: `${row} ${hlc}` };
    }
    for (const cell of live) {
      const name = `${collection} ${row} ${cell}`;
      if (owners.has(name)) return { invariant: 'fragments own cells', detail: `${name} twice` };
      owners.add(name);
    }
  }
  if (bytes === data.head.bytes) return null;
  return { invariant: 'bytes counted', detail: `${data.head.bytes}, not ${bytes}` };
}

/**
 * A cell that was answered `ok` and of which the server has neither this value nor a later one.
 * Updates of texts may be covered, and rows purged: those are looked at in the end.
 */
export function untakenOf(
  data: ServerData,
  { node, ops }: PushRequest,
  answer: PushAnswer,
): string | null {
  if (answer.kind !== 'done') return null;
  const cells = cellsOfServer(data);
  for (const [i, [collection, row, hlc, values]] of ops.entries()) {
    if (answer.outcomes[i] !== 'ok' || !hlc.endsWith(node)) continue;
    if (data.fragments.some((each) => each.purged && each.row === row)) continue;
    for (const [cell, value] of Object.entries(values)) {
      const name = `${collection} ${row} ${cell}`;
      const now = cells.get(name);
      const isSame = now?.hlc === hlc && JSON.stringify(now.value) === JSON.stringify(value);
      if (!cell.startsWith('text.') && !isSame && !(now && now.hlc > hlc)) return `${name} ${hlc}`;
    }
  }
  return null;
}

/** A cell that changes wait for is the later of them and its shadow; no other has a shadow. */
export function faultOfDevice(data: ReplicaData): Fault | null {
  const invariant = 'cell is max of shadow and waiting';
  const best = new Map<string, Cell | null>();
  const covered = new Set<string>();
  for (const { collection, row, cells } of data.shadows.values()) {
    for (const [cell, shadow] of Object.entries(cells)) {
      best.set(`${collection} ${row} ${cell}`, shadow);
    }
  }
  const waited = new Set<string>();
  for (const { collection, row, cells, covers, hlc } of data.outbox.values()) {
    for (const cell of covers ?? []) covered.add(`${collection} ${row} ${cell}`);
    for (const [cell, value] of Object.entries(cells)) {
      const name = `${collection} ${row} ${cell}`;
      if (!best.has(name)) return { invariant, detail: `${name} waits without a shadow` };
      waited.add(name);
      const before = best.get(name);
      if (!before || hlc > before.hlc) best.set(name, { value, hlc });
    }
  }
  const cells = cellsOfDevice(data);
  for (const [name, cell] of best) {
    if (!waited.has(name) && !covered.has(name)) {
      return { invariant, detail: `${name} has a shadow and nothing waits` };
    }
    const wanted = JSON.stringify(covered.has(name) ? undefined : (cell ?? undefined));
    const found = JSON.stringify(cells.get(name));
    if (found !== wanted) return { invariant, detail: `${name} is ${found}, should be ${wanted}` };
  }
  return null;
}
