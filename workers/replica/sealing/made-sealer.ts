/** The sealer of an account: its cipher, its chunks, and what it had to set aside. */
import { toWire, type Fragment, type WireFragment } from '#core/sync/fragment.ts';
import { openPage, type OpeningParts } from './open-page.ts';
import { bytesOfOp, chunksOfOp, packCells } from './packed-cells.ts';
import type { Sealer } from './sealer.ts';
import { asideOf, triedAgain, type Aside, type AsideShelf } from './set-aside.ts';

export interface SealerParts extends OpeningParts {
  readonly asides: AsideShelf;
  /** Of `Sealing`. */
  readonly epoch: number;
  nowMs(): number;
}

/** Large ops make their chunks one after the other; small ones are sealed together. */
const atOnce = 50;

export function madeSealer(parts: SealerParts): Sealer {
  const { cipher, box } = parts;
  async function sealOne(op: Fragment): Promise<WireFragment> {
    const packed = await packCells(cipher, box, op);
    const sealed = await cipher.sealFragment(op, packed);
    return toWire({ ...sealed, chunks: chunksOfOp(cipher, op, packed) });
  }
  return {
    epoch: parts.epoch,
    async seal(ops) {
      const wire: WireFragment[] = [];
      for (let at = 0; at < ops.length; at += atOnce) {
        wire.push(...(await Promise.all(ops.slice(at, at + atOnce).map(sealOne))));
      }
      return wire;
    },
    open: (wire) => openNow(parts, wire),
    late: () => openLate(parts),
    idOf: (collection, row) => cipher.idOf(collection, row),
    cellOf: (row, cell) => cipher.cellOf(row, cell),
    bytesOf: (op) => bytesOfOp(cipher, op),
  };
}

async function openNow(parts: SealerParts, wire: readonly WireFragment[]): Promise<Fragment[]> {
  const { each } = await openPage(parts, wire);
  const ready: Fragment[] = [];
  const waiting: Promise<Aside>[] = [];
  const at = { epoch: parts.epoch, nowMs: parts.nowMs() };
  for (const [index, one] of each.entries()) {
    if (typeof one === 'string') waiting.push(asideOf(wire[index]!, one, at));
    else if (one) ready.push(one);
  }
  if (waiting.length > 0) await parts.asides.put(await Promise.all(waiting));
  return ready;
}

async function openLate(parts: SealerParts): ReturnType<Sealer['late']> {
  const { asides, epoch } = parts;
  const all = await asides.all();
  const stale = all.filter((aside) => aside.epoch !== epoch);
  const nowMs = parts.nowMs();
  const due = all.filter((aside) => aside.epoch === epoch && isDue(aside, nowMs));
  const { each } = await openPage(
    parts,
    due.map(({ wire }) => wire),
  );
  const fragments: Fragment[] = [];
  const settled = stale.map(({ id }) => id);
  const still: Aside[] = [];
  for (const [index, one] of each.entries()) {
    const aside = due[index]!;
    if (typeof one === 'string') still.push({ ...triedAgain(aside, nowMs), reason: one });
    else {
      settled.push(aside.id);
      if (one) fragments.push(one);
    }
  }
  if (still.length > 0) await asides.put(still);
  return {
    fragments,
    async done() {
      if (settled.length > 0) await asides.remove(settled);
    },
  };
}

/** What is damaged stays so; a row may be seen any moment, which costs nothing to look at. */
function isDue({ reason, nextMs }: Aside, nowMs: number): boolean {
  return reason === 'row' || (reason === 'chunks' && nextMs <= nowMs);
}
