/** Ten thousand prices a second of fifty symbols: what of them gets to devices, and what it takes. */
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { BEAT, type LiveTicket, type RoomWords } from '../../core/sync/live.ts';
import { euro } from '../../tests/orders/fake-terminal.ts';
import { account } from '../../tests/terminals/scripted-terminal.ts';
import type { Row } from '../row.ts';
import { startMeasuredServer, type MeasuredServer } from '../server/measured-server.ts';
import { median } from '../web/median.ts';
import { pairTerminal, type PairedTerminal } from './paired-terminal.ts';

const SYMBOLS = 50;
const PER_SECOND = 10_000;
const DEVICES = 3;
const MOST_EACH_PER_SECOND = 4;
const EACH_MS = 10;
const WARM_UP_MS = 10_000;
const MEASURED_MS = 30_000;
/** Garbage goes when it suits; were the prices of a third kept, it would be half as much again. */
const MOST_GROWTH = 1.25;

const symbols = Array.from({ length: SYMBOLS }, (_, n) => `PAIR${n}`);

export async function quotesBench(): Promise<Row[]> {
  const server = await startMeasuredServer();
  try {
    const paired = await pairTerminal({ server });
    const { terminal } = paired;
    terminal.beat();
    terminal.say({ t: 'account', account });
    terminal.say({ t: 'symbols', instruments: symbols.map((symbol) => ({ ...euro, symbol })) });
    const look = () => paired.call('GET', 'orders.book', { accountId: paired.accountId, symbols });
    await wait(500);
    await look();
    const devices = await Promise.all(
      Array.from({ length: DEVICES }, () => listen(server, paired)),
    );
    const sent = talk(paired);
    const looking = setInterval(() => void look(), 30_000);
    await wait(WARM_UP_MS);
    for (const device of devices) device.quotes = 0;
    const [sentBefore, memory] = [sent.count(), await watchMemory(server)];
    const tookSeconds = MEASURED_MS / 1_000;
    const perSecond = (sent.count() - sentBefore) / tookSeconds;
    clearInterval(looking);
    sent.stop();
    const each = devices.map(({ quotes }) => quotes / tookSeconds / SYMBOLS);
    for (const device of devices) device.close();
    await terminal.close();
    return rowsOf({ perSecond, each, memory });
  } finally {
    await server.end();
  }
}

/** Two prices of each symbol in a message, a hundred messages a second. */
function talk({ terminal }: PairedTerminal): { count(): number; stop(): void } {
  const each = (PER_SECOND * EACH_MS) / 1_000;
  const beganMs = performance.now();
  let [turns, beats] = [0, 0];
  const timer = setInterval(() => {
    const passedMs = performance.now() - beganMs;
    for (; turns * EACH_MS < passedMs; turns++) {
      const quotes = Array.from({ length: each }, (_, n) => {
        const bid = 1.1 + ((turns + n) % 100) / 100_000;
        return [symbols[(turns * each + n) % SYMBOLS]!, bid, bid + 0.0001, Date.now()] as const;
      });
      terminal.say({ t: 'quotes', quotes });
    }
    for (; beats * 4_000 < passedMs; beats++) terminal.beat();
  }, EACH_MS);
  return { count: () => turns * each, stop: () => clearInterval(timer) };
}

/** A device in its person's room, which counts the prices that it is told. */
async function listen(server: MeasuredServer, { call }: PairedTerminal) {
  const { ticket } = await call<LiveTicket>('POST', 'live.ticket', {});
  const socket = new WebSocket(`${server.address.replace('http', 'ws')}/live`, {
    headers: { Origin: server.address },
  });
  const device = { quotes: 0, close: () => socket.terminate() };
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(ticket));
    socket.on('message', (data) => {
      const word = JSON.parse(String(data)) as RoomWords;
      if (word.kind === 'welcome') resolve();
      else if (word.kind === 'beat') socket.send(BEAT);
      else if (word.kind === 'quotes') device.quotes += word.quotes.length;
    });
  });
  return device;
}

interface Memory {
  readonly heapMegabytes: number;
  readonly residentMegabytes: number;
}

async function watchMemory({ address }: MeasuredServer): Promise<readonly Memory[]> {
  const seen: Memory[] = [];
  for (const beganMs = performance.now(); performance.now() - beganMs < MEASURED_MS;) {
    const text = await (await fetch(`${address}/metrics`)).text();
    const figure = (name: string) =>
      Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]) / 1e6;
    seen.push({
      heapMegabytes: figure('nodejs_heap_size_used_bytes'),
      residentMegabytes: figure('process_resident_memory_bytes'),
    });
    await wait(100);
  }
  return seen;
}

function rowsOf(seen: {
  readonly perSecond: number;
  readonly each: readonly number[];
  readonly memory: readonly Memory[];
}): Row[] {
  const { perSecond, each, memory } = seen;
  const third = Math.floor(memory.length / 3);
  const [first, last] = [memory.slice(0, third), memory.slice(-third)];
  const floor = (part: readonly Memory[]) =>
    Math.min(...part.map(({ heapMegabytes }) => heapMegabytes));
  const resident = (part: readonly Memory[]) =>
    median(part.map(({ residentMegabytes }) => residentMegabytes));
  const growth = floor(last) / floor(first);
  const most = Math.max(...each);
  return [
    {
      ...{ name: `prices of ${SYMBOLS} symbols taken in`, value: perSecond, unit: '/s' },
      ...{ rival: `limit of ${PER_SECOND}/s`, ratio: perSecond / PER_SECOND },
      ...{ target: `≥ ${PER_SECOND * 0.99}/s`, pass: perSecond >= PER_SECOND * 0.99 },
    },
    {
      ...{ name: `prices a symbol to each of ${each.length} devices`, value: most, unit: '/s' },
      ...{ rival: `limit of ${MOST_EACH_PER_SECOND}/s`, ratio: most / MOST_EACH_PER_SECOND },
      ...{ target: `> 0, ≤ ${MOST_EACH_PER_SECOND}/s` },
      pass: Math.min(...each) > 0 && most <= MOST_EACH_PER_SECOND * 1.01,
    },
    {
      ...{ name: 'memory in use meanwhile, least of the last third', unit: 'MB' },
      ...{ value: floor(last), rival: `first third (${floor(first).toFixed(1)} MB)` },
      ...{ ratio: growth, target: `≤ ${MOST_GROWTH} × the first`, pass: growth <= MOST_GROWTH },
    },
    {
      ...{ name: 'resident memory meanwhile, of the last third', unit: 'MB' },
      ...{ value: resident(last), rival: `first third (${resident(first).toFixed(0)} MB)` },
      ...{ ratio: resident(last) / resident(first), target: 'reported', pass: null },
    },
  ];
}
