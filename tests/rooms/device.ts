/** A device at the other end of a socket, as bare as can be: it says only what a test lets it say. */
import { WebSocket } from 'ws';
import { BEAT, readRoomWords, type RoomWords } from '../../core/sync/live.ts';
import { until } from '../server-process.ts';

export interface Device {
  readonly heard: readonly RoomWords[];
  /** Of the handshake where it was refused, else the code that the socket was closed with. */
  readonly ended: Promise<number>;
  readonly isOpen: boolean;
  /** Waits until something like it was said. */
  hears(words: Partial<Record<string, unknown>>): Promise<void>;
  leave(): void;
}

/** Connects, shows the ticket and answers beats, or not. */
export function device(
  socketUrl: string,
  options: {
    readonly origin: string;
    readonly ticket: string;
    readonly isMute?: boolean;
    readonly headers?: Record<string, string>;
  },
): Device {
  const { origin, ticket, isMute = false, headers = {} } = options;
  const socket = new WebSocket(socketUrl, { origin, headers, perMessageDeflate: false });
  const heard: RoomWords[] = [];
  const ended = new Promise<number>((resolve) => {
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('close', resolve);
  });
  socket.on('error', () => undefined);
  socket.on('open', () => socket.send(ticket));
  socket.on('message', (data) => {
    const words = readRoomWords(String(data as Buffer));
    if (!words) throw new Error(`A room said what no room says: ${String(data as Buffer)}`);
    heard.push(words);
    if (words.kind === 'beat' && !isMute) socket.send(BEAT);
  });
  const fits = (words: Partial<Record<string, unknown>>) =>
    heard.some((each) =>
      Object.entries(words).every(
        ([name, value]) =>
          JSON.stringify((each as unknown as Record<string, unknown>)[name]) ===
          JSON.stringify(value),
      ),
    );
  return {
    heard,
    ended,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    hears: (words) => until(async () => fits(words)),
    leave: () => socket.terminate(),
  };
}

/** Sockets as a browser makes them on a page of this origin. */
export function socketClass(origin: string): typeof globalThis.WebSocket {
  class PageSocket extends WebSocket {
    constructor(url: string) {
      super(url, { origin });
    }
  }
  return PageSocket as unknown as typeof globalThis.WebSocket;
}
