/** New stamps for changes that wait: of a new node, or because the device's clock was ahead. */
import { MOST_AHEAD_MS, msOfHlc, witnessStamp, type Hlc } from '#core/sync/hlc.ts';
import { cellsOfEntry, openRows, settleCell } from './open-rows.ts';
import type { OutboxEntry, ReplicaTx } from './replica-store.ts';
import { noTime, stamperOf, type Chance } from './stamping.ts';

/** The same moments with another node: what came first stays first. */
export async function renameStamps(tx: ReplicaTx, from: string, to: string): Promise<void> {
  if (from === to) return;
  await restamp(tx, (hlc) => (hlc.endsWith(from) ? hlc.slice(0, -from.length) + to : null));
}

/**
 * Stamps anew, in their order, all that is ahead of the server's clock, above everything that the
 * server has; the clock then runs on from there.
 */
export async function bringBack(tx: ReplicaTx, serverMs: number, chance: Chance): Promise<void> {
  const waiting = await tx.outbox();
  const isAhead = ({ hlc }: OutboxEntry) => msOfHlc(hlc) > serverMs + MOST_AHEAD_MS / 2;
  let clock = (await tx.meta('seen')) ?? noTime;
  for (const entry of waiting) if (!isAhead(entry)) clock = witnessStamp(clock, entry.hlc);
  const stamper = await stamperOf(tx, chance, clock);
  const fresh = new Map<number, Hlc>();
  for (const entry of waiting) if (isAhead(entry)) fresh.set(entry.lsn, stamper.next());
  await restamp(tx, (_, lsn) => fresh.get(lsn) ?? null);
  await stamper.save();
}

async function restamp(
  tx: ReplicaTx,
  stampFor: (hlc: Hlc, lsn: number) => Hlc | null,
): Promise<void> {
  const changed = (await tx.outbox()).filter(({ hlc, lsn }) => stampFor(hlc, lsn) !== null);
  const rows = await openRows(tx, changed);
  for (const place of changed) {
    const row = rows.at(place);
    for (const waiting of row.waiting) {
      const { lsn, entry } = waiting;
      const hlc = lsn !== null && lsn === place.lsn ? stampFor(entry.hlc, lsn) : null;
      if (hlc !== null) rows.replace(row, waiting, { ...entry, hlc });
    }
  }
  for (const place of changed) {
    const row = rows.at(place);
    for (const cell of cellsOfEntry(place)) settleCell(row, cell);
  }
  await rows.save();
}
