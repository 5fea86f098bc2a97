/** The machine with the terminal: a connector that dies, begins anew, and has its journal alone. */
import type { ConnectorMessage, ServerMessage } from '#core/broker/messages.ts';
import type { Chance } from '../simulation/chance.ts';
import type { Connector, Journal, JournalEntry } from '../../sync/terminals/connector.ts';
import type { Delta } from '../../sync/orders/terminal-book.ts';
import { openConnector } from '../../sync/terminals/paper/paper-connector.ts';
import type { Faults } from './faults.ts';
import type { Connection } from './link.ts';
import { startProcess, type Process } from './process.ts';
import type { Safeguards } from './safeguards.ts';
import type { Terminal } from './terminal.ts';
import type { VirtualTime } from './time.ts';

export interface ConnectorLife {
  connect(): void;
  hear(message: ServerMessage): void;
  /** The link is gone. */
  gone(): void;
  die(told: boolean): void;
  readonly process: Process;
  readonly journal: readonly JournalEntry[];
}

export interface ConnectorParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly terminal: Terminal;
  readonly login: string;
  readonly safeguards: Safeguards;
  /** Null where no server is there. */
  dial(): Connection | null;
}

const busyTickMs = 1_000;
const calmTickMs = 2_500;
const mostDeadMs = 9_000;
const mostBackOffMs = 4_000;

export function startConnector(parts: ConnectorParts): ConnectorLife {
  const { time, chance, faults, safeguards } = parts;
  const written: JournalEntry[] = [];
  let process = startProcess(time, 'connector');
  let connection: Connection | null = null;
  let connector: Connector | null = null;

  const leave = () => {
    connector?.close();
    connector = null;
    connection = null;
  };
  const again = (ms: number) => void process.after(ms, () => life.connect());
  const tick = () => {
    connector?.tick();
    process.after(faults.areOver ? calmTickMs : busyTickMs, tick);
  };
  process.after(0, tick);

  const life: ConnectorLife = {
    connect() {
      if (connection) return;
      const opened = parts.dial();
      if (!opened) return again(500 + chance.below(mostBackOffMs));
      connection = opened;
      const broker = safeguards.broker(parts.terminal.seenBy(process));
      const say = safeguards.toServer((message) => opened.toServer(message));
      const send = (message: ConnectorMessage) =>
        say(
          message.t === 'delta' && faults.happens('delta forgets')
            ? forgetful(message, chance)
            : message,
        );
      connector = openConnector({
        broker,
        journal: safeguards.journal(journalOf(process, written, parts, () => life.die(true))),
        clock: { monotonicMs: () => time.nowMs() - monotonicFromMs },
        login: parts.login,
        send,
        hangUp() {
          opened.hangUp('connector');
          if (connection !== opened) return;
          leave();
          again(200 + chance.below(mostBackOffMs));
        },
        saysTwice: () => faults.happens('result twice'),
      });
    },
    hear: (message) =>
      connector?.hear(safeguards.toConnector(message, time.nowMs() - monotonicFromMs)),
    gone() {
      leave();
      again(200 + chance.below(mostBackOffMs));
    },
    die(told) {
      process.kill();
      connection?.cut(told ? ['server'] : []);
      leave();
      process = startProcess(time, 'connector');
      process.after(0, tick);
      again(500 + chance.below(mostDeadMs));
    },
    get process() {
      return process;
    },
    journal: written,
  };
  return life;
}

/** The connector's clock has nothing to do with the server's. */
const monotonicFromMs = 1_699_999_000_000;

/** As if it had too much to tell: the fingerprint alone says that something is missing. */
function forgetful(message: Delta, chance: Chance): Delta {
  const { positions, closedPositions, orders, endedOrders } = message;
  const isOfPositions = chance.often(0.5);
  return isOfPositions
    ? { ...message, positions: positions.slice(1), closedPositions: closedPositions.slice(1) }
    : { ...message, orders: orders.slice(1), endedOrders: endedOrders.slice(1) };
}

function journalOf(
  process: Process,
  written: JournalEntry[],
  { chance, faults }: ConnectorParts,
  die: () => void,
): Journal {
  const flush = async (write: () => void) => {
    if (faults.happens('slow flush')) await process.wait(chance.below(200));
    const dies = faults.happens('connector dies at the journal');
    // Before or after it is on the disk.
    if (dies && chance.often(0.5)) die();
    if (!process.isAlive) await process.wait(0);
    write();
    if (dies) die();
    if (!process.isAlive) await process.wait(0);
  };
  return {
    of: (id) => written.filter((entry) => entry.id === id),
    intent: (entry) => flush(() => void written.push({ ...entry, result: null })),
    result: (entry) =>
      flush(() => {
        const at = written.findIndex(
          ({ id, attempt }) => id === entry.id && attempt === entry.attempt,
        );
        if (at === -1) written.push(entry);
        else written[at] = entry;
      }),
  };
}
