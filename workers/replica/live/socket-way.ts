/** Told by a room over a WebSocket, which connects again by itself, with a new ticket each time. */
import ReconnectingWebSocket from 'partysocket/ws';
import { BEAT, LIVE_PATH, readRoomWords } from '#core/sync/live.ts';
import { mostSilenceMs, type Way, type WayOptions } from './way.ts';

const connectLimitMs = 8_000;
const shortestWaitMs = 500;
const longestWaitMs = 30_000;

export function openSocketWay(options: WayOptions): Way {
  let tries = 0;
  let ticketText = '';
  let silence: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const close = () => {
    isClosed = true;
    clearTimeout(silence);
    socket.close();
  };
  const listen = (patienceMs: number) => {
    clearTimeout(silence);
    silence = setTimeout(() => socket.reconnect(), patienceMs);
  };
  async function nextAddress(): Promise<string> {
    if (isClosed) throw new Error('This way is closed.');
    tries++;
    const ticket = await options.ticket();
    if (!ticket && !isClosed) {
      close();
      options.onEnded();
    }
    if (!ticket || isClosed) throw new Error('This way is closed.');
    ticketText = ticket.ticket;
    return ticket.socketUrl ?? `${options.origin.replace(/^http/, 'ws')}${LIVE_PATH}`;
  }
  /** It connects again by itself; here is only said when that is enough. */
  function failed(): void {
    clearTimeout(silence);
    if (isClosed) return;
    if (tries < options.mostTries) return options.onLost();
    close();
    options.onDown();
  }
  const socket = new ReconnectingWebSocket(nextAddress, null, {
    WebSocket: options.WebSocket,
    connectionTimeout: connectLimitMs,
    // Not all devices of a server that restarts come back in the same moment.
    minReconnectionDelay: shortestWaitMs * (1 + options.random()),
    maxReconnectionDelay: longestWaitMs,
    reconnectionDelayGrowFactor: 2,
  });
  socket.addEventListener('open', () => {
    listen(connectLimitMs);
    socket.send(ticketText);
  });
  socket.addEventListener('message', ({ data }) => {
    const words = typeof data === 'string' ? readRoomWords(data) : null;
    if (!words || isClosed) return;
    listen(mostSilenceMs);
    if (words.kind === 'welcome') tries = 0;
    if (words.kind === 'beat') socket.send(BEAT);
    options.onWords(words);
  });
  // A ticket that cannot be had is an error without a close.
  socket.addEventListener('error', failed);
  socket.addEventListener('close', failed);
  return { close };
}
