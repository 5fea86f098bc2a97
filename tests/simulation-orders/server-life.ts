/** One server process: requests of devices come in, and a desk for each connection it holds. */
import type { ConnectorMessage } from '#core/broker/messages.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import { submit } from '../../sync/orders/admission.ts';
import { openDesk, type Clock, type Desk } from '../../sync/orders/desk.ts';
import { quoteBoard, type QuoteBoard } from '../../sync/orders/quote-board.ts';
import { beginSession } from '../../sync/orders/session.ts';
import { settleRequest } from '../../sync/orders/settlement.ts';
import { paperServer } from '../../sync/terminals/paper/paper-views.ts';
import type { Database } from './database.ts';
import type { Connection } from './link.ts';
import { startProcess, type Process } from './process.ts';
import type { Safeguards } from './safeguards.ts';
import type { VirtualTime } from './time.ts';

export interface ServerLife {
  readonly process: Process;
  readonly board: QuoteBoard;
  /** Answers what hears the connector. */
  accept(connection: Connection): Held;
  submit(request: TradeRequest): ReturnType<typeof submit>;
  /** What became of a request whose answer never came, for once and all. */
  settle(requestId: string): ReturnType<typeof settleRequest>;
  wake(): void;
}

export interface Held {
  hear(message: ConnectorMessage): void;
  gone(): void;
}

export interface ServerParts {
  readonly time: VirtualTime;
  readonly name: string;
  readonly accountId: string;
  readonly login: string;
  readonly database: Database;
  readonly safeguards: Safeguards;
  newSession(): string;
  quoteOf: QuoteBoard['of'];
  say(what: string): void;
}

const beatEachMs = 5_000;
const mostSilenceMs = 20_000;

export function startServer(parts: ServerParts): ServerLife {
  const { time, name, accountId, database, safeguards } = parts;
  const process = startProcess(time, name);
  const board = quoteBoard();
  const desks = new Set<Desk>();
  const clock: Clock = { nowMs: time.nowMs, after: process.after };
  const store = database.storeOf(process);

  async function begin(connection: Connection, held: HeldState): Promise<void> {
    const session = parts.newSession();
    const begun = await beginSession(store, accountId, {
      ...{ session, serverId: name, nowMs: time.nowMs(), device: 'terminal' },
      ...{ login: parts.login, brokerServer: paperServer },
    });
    if (!begun.ok) throw new Error(begun.error.code);
    if (held.isGone || !process.isAlive) return;
    parts.say(`${name} holds session ${session}`);
    const desk = openDesk({
      ...{ accountId, session, clock, quotes: board, onChange: () => undefined },
      store: safeguards.store(store, session),
      link: {
        send(message) {
          if (process.isAlive) connection.toConnector(message);
        },
        close(why) {
          if (!process.isAlive) return;
          parts.say(`${name} closes session ${session}: ${why}`);
          held.end();
          connection.hangUp('server');
        },
      },
      log: {
        info: () => undefined,
        warn: (what, detail) => parts.say(`${name} warns ${what} ${JSON.stringify(detail)}`),
      },
    });
    held.desk = desk;
    desks.add(desk);
    for (const message of held.early.splice(0)) desk.hear(message);
  }

  return {
    process,
    board,
    accept(connection) {
      const held: HeldState = {
        ...{ desk: null, isGone: false, early: [], heardMs: time.nowMs() },
        end() {
          held.isGone = true;
          if (held.desk) desks.delete(held.desk);
        },
      };
      const gone = () => {
        if (held.isGone) return;
        held.end();
        if (process.isAlive) void held.desk?.end();
      };
      begin(connection, held).catch(() => {
        if (!process.isAlive) return;
        held.end();
        connection.hangUp('server');
      });
      beatOver(connection, held, gone);
      return {
        hear(message) {
          if (!process.isAlive || held.isGone) return;
          held.heardMs = time.nowMs();
          if (held.desk) held.desk.hear(message);
          else held.early.push(message);
        },
        gone,
      };
    },
    submit: (request) =>
      submit(safeguards.store(store, null), request, {
        nowMs: time.nowMs(),
        quoteOf: parts.quoteOf,
      }),
    settle: (requestId) =>
      settleRequest(safeguards.store(store, null), { accountId, requestId, nowMs: time.nowMs() }),
    wake() {
      for (const desk of desks) desk.wake();
    },
  };

  function beatOver(connection: Connection, held: HeldState, gone: () => void): void {
    process.after(beatEachMs, () => {
      if (held.isGone) return;
      if (time.nowMs() - held.heardMs > mostSilenceMs) {
        gone();
        connection.hangUp('server');
        return;
      }
      connection.toConnector({ t: 'beat' });
      beatOver(connection, held, gone);
    });
  }
}

interface HeldState {
  desk: Desk | null;
  isGone: boolean;
  readonly early: ConnectorMessage[];
  heardMs: number;
  end(): void;
}
