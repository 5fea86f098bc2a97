/** How many changes a server takes, and how many bytes a change is. */
import { gzipSync } from 'node:zlib';
import { toWire, type WireFragment } from '#core/sync/fragment.ts';
import { MOST_PUSH_OPS } from '#core/sync/protocol.ts';
import type { Row } from '../row.ts';
import type { MeasuredServer } from '../server/measured-server.ts';
import type { Trader } from '../server/traders.ts';
import { coreTimes, timesSince, type CoreTimes } from './core-times.ts';
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
    bytesRow(
      'the same in a packed batch as a replica makes it, five a note',
      packed(wholeNotes(MOST_PUSH_OPS)),
      MOST_PACKED_BYTES,
    ),
  ];
}

/** As `workers/replica/push-batch.ts` chooses them after one field after another was edited. */
function wholeNotes(count: number): WireFragment[] {
  const maker = noteMaker(5);
  const notes = count / noteFields.length;
  const next = stamps('aaaaaa');
  const edits = noteFields.flatMap((field) =>
    Array.from({ length: notes }, (_, index) => {
      const cells = { [field]: maker.value(field) };
      return toWire({
        collection: 'notes',
        row: idOf(index),
        hlc: next(),
        cells,
        schemaVersion: 1,
      });
    }),
  );
  return Array.from({ length: notes }, (_, index) =>
    noteFields.map((__, field) => edits[field * notes + index]!),
  ).flat();
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
  server: MeasuredServer,
  [first, ...others]: readonly Trader[],
): Promise<Row[]> {
  const one = await pushed(server, [first!]);
  const all = await pushed(server, others);
  const row = (name: string, { perSecond, cores }: Pushed, least: number): Row => ({
    name,
    value: perSecond,
    unit: 'changes/s',
    rival: `limit of ${least.toLocaleString('en')}`,
    ratio: perSecond / least,
    target: `≥ ${least.toLocaleString('en')}`,
    pass: perSecond >= least,
    reason: `whoever sends them took ${shareOf(cores)} of the cores' time`,
  });
  return [
    row('changes that a server takes of one account', one, LEAST_ONE_PER_S),
    row(`the same of ${others.length} accounts at once`, all, LEAST_ALL_PER_S),
    ownRow(others.length * MEASURED_OPS, all.cores),
  ];
}

const shareOf = ({ senderS, serverS, databaseS }: CoreTimes) =>
  `${Math.round((100 * senderS) / (senderS + serverS + databaseS))} %`;

/** Without whoever sends them, and whatever else the machine does. */
function ownRow(changes: number, cores: CoreTimes): Row {
  const { serverS, databaseS } = cores;
  const value = changes / (serverS + databaseS);
  return {
    name: 'the same for a second of a core that server and Postgres take',
    value,
    unit: 'changes/s',
    rival: `its sender (${shareOf(cores)} of the cores' time)`,
    ratio: cores.senderS / (serverS + databaseS),
    target: 'reported',
    pass: null,
  };
}

interface Pushed {
  readonly perSecond: number;
  readonly cores: CoreTimes;
}

async function pushed(server: MeasuredServer, traders: readonly Trader[]): Promise<Pushed> {
  const sending = await Promise.all(
    traders.map(async (trader, seed): Promise<[Pusher, WireFragment[]]> => {
      const pusher = await openPusher(server.address, trader);
      const ops = noteEdits(WARM_UP_OPS + MEASURED_OPS, { seed, node: pusher.node });
      await pusher.push(ops.slice(0, WARM_UP_OPS));
      return [pusher, ops.slice(WARM_UP_OPS)];
    }),
  );
  const before = await coreTimes(server);
  const startMs = performance.now();
  await Promise.all(sending.map(([pusher, ops]) => pusher.push(ops)));
  const elapsedS = (performance.now() - startMs) / 1000;
  return {
    perSecond: (sending.length * MEASURED_OPS) / elapsedS,
    cores: timesSince(before, await coreTimes(server)),
  };
}
