/** How soon two devices agree that wrote the same cells while they were offline. */
import type { MeasuredServer } from '../server/measured-server.ts';
import type { Trader } from '../server/traders.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';
import { openDevice, type BenchDevice } from './bench-device.ts';
import { idOf, noteFields, noteMaker } from './notes.ts';

const NOTES = 2_000;
const EDITS = NOTES * noteFields.length;
const MOST_MS = 3_000;

/** A round for each trader: all of them begin with nothing. */
export async function convergenceBench(
  { address }: MeasuredServer,
  traders: readonly Trader[],
): Promise<Row[]> {
  const times: number[] = [];
  for (const trader of traders) times.push(await converge(address, trader));
  const value = median(times);
  return [
    {
      name: `two devices agree on ${EDITS.toLocaleString('en')} cells that both wrote, Postgres`,
      value,
      unit: 'ms',
      rival: `limit of ${MOST_MS} ms`,
      ratio: value / MOST_MS,
      target: `≤ ${MOST_MS} ms`,
      pass: value <= MOST_MS,
    },
  ];
}

async function converge(address: string, trader: Trader): Promise<number> {
  const devices = [openDevice(address, trader), openDevice(address, trader)];
  for (const device of devices) await device.sync();
  for (const [place, device] of devices.entries()) await writeOffline(device, place);
  const startMs = performance.now();
  await Promise.all(devices.map((device) => device.sync()));
  // What the other one gave last.
  await Promise.all(devices.map((device) => device.sync()));
  const elapsedMs = performance.now() - startMs;
  const [one, other] = devices.map(contentOf);
  if (one !== other) throw new Error('The devices do not agree');
  if (devices.some(({ memory }) => memory.data.outbox.size > 0)) throw new Error('Some is unsent');
  return elapsedMs;
}

/** Each cell by itself, as one edit after another leaves them. */
async function writeOffline({ writer }: BenchDevice, seed: number): Promise<void> {
  const maker = noteMaker(seed);
  for (const field of noteFields) {
    await writer.write(
      Array.from({ length: NOTES }, (_, index) => ({
        kind: 'put' as const,
        collection: 'notes',
        id: idOf(index),
        fields: { [field]: maker.value(field) },
      })),
    );
  }
}

function contentOf({ memory }: BenchDevice): string {
  const rows = [...(memory.data.rows.get('notes') ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length !== NOTES) throw new Error(`${rows.length} notes are there`);
  return JSON.stringify(rows.map(([id, { cells }]) => [id, Object.entries(cells).sort()]));
}
