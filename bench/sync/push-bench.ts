/** How many changes a server takes, and how many bytes a change is. */
import { gzipSync } from 'node:zlib';
import { toWire, type WireFragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import type { Row } from '../row.ts';
import type { MeasuredServer } from '../server/measured-server.ts';
import type { Trader } from '../server/traders.ts';
import { makeJournal } from './journal.ts';
import { idOf, noteFields, noteMaker } from './notes.ts';
import { stampingDevice } from './own-replica.ts';
import { openPusher, stamps, type Pusher } from './pusher.ts';

const ROWS = 10_000;
const LEAST_ONE_PER_S = 5_000;
const LEAST_ALL_PER_S = 25_000;
const MOST_BYTES = 90;
const MOST_PACKED_BYTES = 20;
const WARM_UP_OPS = 4 * MOST_PUSH_OPS;
const MEASURED_OPS = 20 * MOST_PUSH_OPS;

/** Edits of one field each, over notes that may not be there yet. */
function noteEdits(count: number, { seed, node }: { seed: number; node: string }): WireFragment[] {
  const maker = noteMaker(seed);
  const next = stamps(node);
  return Array.from({ length: count }, (_, index) => {
    const field = noteFields[(index * 7) % noteFields.length]!;
    return toWire({
      collection: 'notes',
      row: idOf((index * 7_919) % ROWS),
      hlc: next(),
      cells: { [field]: maker.value(field) },
      schemaVersion: 1,
    });
  });
}

/** Of an edit on the wire, as JSON and in a packed batch. */
export function bytesBench(): Row[] {
  const next = stampingDevice('aaaaaa');
  const journal = makeJournal({ rows: ROWS, edits: MOST_PUSH_OPS, seed: 5 });
  const ofJournal = journal.edits.map(([row, field, value]) => next(row, { [field]: value }, 900));
  const ofNotes = noteEdits(MOST_PUSH_OPS, { seed: 5, node: 'aaaaaa' });
  const plain = (ops: readonly WireFragment[]) => bytesOf(ops) / ops.length;
  const packed = (ops: readonly WireFragment[]) =>
    gzipSync(JSON.stringify(ops)).length / ops.length;
  return [
    bytesRow('an edit of one field on the wire, a journal row', plain(ofJournal), MOST_BYTES),
    bytesRow(
      `the same in a packed batch of ${MOST_PUSH_OPS}`,
      packed(ofJournal),
      MOST_PACKED_BYTES,
    ),
    bytesRow('an edit of one field of a note, whose id is a UUID', plain(ofNotes), MOST_BYTES),
    bytesRow(`the same in a packed batch of ${MOST_PUSH_OPS}`, packed(ofNotes), MOST_PACKED_BYTES),
  ];
}

function bytesOf(ops: readonly WireFragment[]): number {
  return ops.reduce((sum, op) => sum + Buffer.byteLength(JSON.stringify(op)), 0);
}

function bytesRow(name: string, value: number, most: number): Row {
  return {
    name,
    value,
    unit: 'B',
    rival: `limit of ${most} B`,
    ratio: value / most,
    target: `≤ ${most} B`,
    pass: value <= most,
  };
}

/** With one account, and with several at once. */
export async function pushBench(
  { address }: MeasuredServer,
  [first, ...others]: readonly Trader[],
): Promise<Row[]> {
  const one = await changesPerSecond(address, [first!]);
  const all = await changesPerSecond(address, others);
  const row = (name: string, value: number, least: number): Row => ({
    name,
    value,
    unit: 'changes/s',
    rival: `limit of ${least.toLocaleString('en')}`,
    ratio: value / least,
    target: `≥ ${least.toLocaleString('en')}`,
    pass: value >= least,
    reason: 'whoever sends them shares the cores with the server and with Postgres',
  });
  return [
    row('changes that a server takes of one account', one, LEAST_ONE_PER_S),
    row(`the same of ${others.length} accounts at once`, all, LEAST_ALL_PER_S),
  ];
}

async function changesPerSecond(address: string, traders: readonly Trader[]): Promise<number> {
  const sending = await Promise.all(
    traders.map(async (trader, seed): Promise<[Pusher, WireFragment[]]> => {
      const pusher = await openPusher(address, trader);
      const ops = noteEdits(WARM_UP_OPS + MEASURED_OPS, { seed, node: pusher.node });
      await pusher.push(ops.slice(0, WARM_UP_OPS));
      return [pusher, ops.slice(WARM_UP_OPS)];
    }),
  );
  const startMs = performance.now();
  await Promise.all(sending.map(([pusher, ops]) => pusher.push(ops)));
  return (sending.length * MEASURED_OPS) / ((performance.now() - startMs) / 1000);
}
