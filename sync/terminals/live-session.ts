/**
 * One connector that has proved who it is, for as long as its socket is open.
 *
 * It takes frames apart and puts them together, keeps up signs of life in both directions, and
 * hands what was said to the desk, which decides. Prices are handed on ten times a second at most,
 * of each symbol the latest, so that a connector that talks fast costs no more than a slow one.
 */
import type { WebSocket } from 'ws';
import { connectorCaps, type ConnectorMessage, type ServerMessage } from '#core/broker/messages.ts';
import type { AccountHealth } from '#core/broker/views.ts';
import type { StoredHealth } from './account-row.ts';
import type { Frames } from './frames.ts';
import { historyAsks, type HistoryAsks } from './history-asks.ts';
import { readMessage } from './message-shapes.ts';
import { terminalEnds, type TerminalEnd } from './terminal-ends.ts';

/** What decides on everything that is said; see `sync/orders/desk.ts`. */
export interface Listener {
  hear(message: ConnectorMessage): void;
  wake(): void;
  look(symbols: readonly string[]): void;
  end(): Promise<void>;
}

export interface SessionOptions {
  readonly userId: string;
  readonly accountId: string;
  readonly session: string;
  readonly socket: WebSocket;
  readonly frames: Frames;
  /** What the connector said that it can do beyond what each has to. */
  readonly caps?: readonly string[];
  now(): number;
  /** Never goes back. */
  monotonic(): number;
  /** It is over; `detail` is for the log. */
  onEnd(end: TerminalEnd | 'gone', detail: string): void;
}

export interface LiveSession {
  readonly userId: string;
  readonly accountId: string;
  readonly session: string;
  readonly health: StoredHealth;
  readonly lastHeardMs: number;
  readonly isOpen: boolean;
  /** What came before was kept for it. */
  listen(listener: Listener): void;
  send(message: ServerMessage): void;
  wake(): void;
  look(symbols: readonly string[]): void;
  /** Past prices, of whoever can tell them. */
  readonly history: Pick<HistoryAsks, 'ask'>;
  /** To be called every `tickMs`: beats, and ends what is silent. */
  tick(): void;
  close(end: TerminalEnd, detail?: string): void;
  /** When what was said before has been dealt with. */
  ended(): Promise<void>;
}

export const tickMs = 100;
export const beatMs = 5_000;
const mostSilenceMs = 15_000;
/** A terminal has one thread: while it waits for its broker it says nothing. */
const mostExecutingMs = 120_000;
const mostUnsentBytes = 4_194_304;
/** Of everything but prices and beats. */
const burst = 5_000;
const refillPerMs = 0.5;
const closeLimitMs = 1_000;

const unheard: StoredHealth = {
  latencyMs: null,
  pingUs: null,
  serverOffsetMs: null,
  isConnected: false,
  isTradeAllowed: false,
  queue: 0,
  dropped: 0,
  positions: 0,
};

/** Of a socket whose introduction is over. */
export function liveSession(options: SessionOptions): LiveSession {
  const { socket, frames, now, monotonic } = options;
  let listener: Listener | null = null;
  let early: ConnectorMessage[] = [];
  let end: { readonly why: TerminalEnd | 'gone'; readonly detail: string } | null = null;
  let health = unheard;
  let lastHeardMs = now();
  let heardAt = monotonic();
  let beatAt = -Infinity;
  let pingAt: number | null = null;
  let allowance = burst;
  let allowedAt = monotonic();
  const executing = new Map<string, number>();
  const positions = new Set<string>();
  const prices = new Map<string, [symbol: string, bid: number, ask: number, serverMs: number]>();

  const finish = (why: TerminalEnd | 'gone', detail: string) => {
    if (end) return;
    end = { why, detail };
    history.end();
    options.onEnd(why, detail);
  };
  const close = (why: TerminalEnd, detail = '') => {
    finish(why, detail);
    if (why === 'slow' || why === 'silent') return socket.terminate();
    socket.close(terminalEnds[why], why);
    setTimeout(() => socket.terminate(), closeLimitMs).unref();
  };
  const send = (message: ServerMessage) => {
    if (end) return;
    socket.send(frames.write(message));
    if (socket.bufferedAmount > mostUnsentBytes) close('slow', `${socket.bufferedAmount} bytes`);
  };
  const history = historyAsks({
    isAble: options.caps?.includes(connectorCaps[0]) === true,
    send,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  const hand = (message: ConnectorMessage) => {
    if (listener) listener.hear(message);
    else early.push(message);
  };
  const note = (message: ConnectorMessage) => {
    switch (message.t) {
      case 'beat':
        health = { ...health, ...healthIn(message, now()) };
        break;
      case 'executing':
        executing.set(message.id, monotonic());
        break;
      case 'result':
        executing.delete(message.id);
        break;
      case 'snapshot':
        positions.clear();
        for (const { position } of message.positions) positions.add(position);
        break;
      case 'delta':
        for (const { position } of message.positions) positions.add(position);
        for (const position of message.closedPositions) positions.delete(position);
        break;
    }
    if (health.positions !== positions.size) health = { ...health, positions: positions.size };
  };
  const isFlood = ({ t }: ConnectorMessage) => {
    if (t === 'quotes' || t === 'beat') return false;
    const at = monotonic();
    allowance = Math.min(burst, allowance + (at - allowedAt) * refillPerMs) - 1;
    allowedAt = at;
    return allowance < 0;
  };
  const take = (text: string) => {
    const frame = frames.read(text);
    if (!frame.ok) return close('broken', frame.error);
    const message = readMessage(frame.value);
    if (!message.ok) return close('broken', `${String(frame.value['t'])}.${message.error}`);
    heardAt = monotonic();
    lastHeardMs = now();
    if (isFlood(message.value)) return close('flood');
    note(message.value);
    if (message.value.t === 'bars') return history.heard(message.value);
    if (message.value.t !== 'quotes') return hand(message.value);
    for (const quote of message.value.quotes) prices.set(quote[0], [...quote]);
  };
  socket.on('message', (data, isBinary) => {
    if (end) return;
    if (isBinary || !Buffer.isBuffer(data)) return close('broken', 'not-text');
    take(data.toString('utf8'));
  });
  socket.on('pong', () => {
    if (pingAt !== null) health = { ...health, latencyMs: Math.round(monotonic() - pingAt) };
    pingAt = null;
  });
  socket.once('close', () => finish('gone', ''));
  if (socket.readyState !== socket.OPEN) queueMicrotask(() => finish('gone', ''));

  return {
    userId: options.userId,
    accountId: options.accountId,
    session: options.session,
    get health() {
      return health;
    },
    get lastHeardMs() {
      return lastHeardMs;
    },
    get isOpen() {
      return end === null;
    },
    listen(given) {
      listener = given;
      for (const message of early) given.hear(message);
      early = [];
    },
    send,
    wake: () => listener?.wake(),
    look: (symbols) => listener?.look(symbols),
    history,
    tick() {
      if (end) return;
      if (prices.size > 0) {
        hand({ t: 'quotes', quotes: [...prices.values()] });
        prices.clear();
      }
      const at = monotonic();
      for (const [id, sinceMs] of executing) {
        if (at - sinceMs > mostExecutingMs) executing.delete(id);
      }
      const silenceMs = at - heardAt;
      if (silenceMs > (executing.size > 0 ? mostExecutingMs : mostSilenceMs)) {
        return close('silent', `${Math.round(silenceMs / 1_000)} s`);
      }
      if (at - beatAt < beatMs) return;
      beatAt = at;
      send({ t: 'beat' });
      pingAt = at;
      if (!end) socket.ping();
    },
    close,
    async ended() {
      await listener?.end();
    },
  };
}

function healthIn(
  beat: Extract<ConnectorMessage, { readonly t: 'beat' }>,
  nowMs: number,
): Partial<StoredHealth> & Pick<AccountHealth, 'serverOffsetMs'> {
  const { pingUs, isConnected, isTradeAllowed, queue, dropped, serverMs } = beat;
  return { pingUs, isConnected, isTradeAllowed, queue, dropped, serverOffsetMs: serverMs - nowMs };
}
