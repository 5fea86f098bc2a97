import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveTicket, Poke, RoomWords } from '../../../core/sync/live.ts';
import { openLive, type Live, type LiveState } from './live.ts';

/** Where sockets and streams end up: each test says what there is at the other end. */
const sockets: FakeSocket[] = [];
let socketsWork = true;

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  readonly sent: string[] = [];
  readonly url: string;
  readyState = 0;
  binaryType = 'blob';
  bufferedAmount = 0;

  constructor(url: string) {
    super();
    this.url = url;
    sockets.push(this);
    queueMicrotask(() => {
      if (!socketsWork) return this.end();
      this.readyState = 1;
      this.dispatchEvent(new Event('open'));
    });
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.end();
  }
  say(words: RoomWords) {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(words) }));
  }
  end() {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

interface FakeStream {
  say(words: RoomWords): void;
  end(): void;
}
const streams: FakeStream[] = [];
let streamStatus = 200;

const fakeFetch: typeof globalThis.fetch = (_, init) => {
  if (streamStatus !== 200) return Promise.resolve(new Response(null, { status: streamStatus }));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(new TextEncoder().encode(text));
      init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
      streams.push({
        // In two pieces, as it may arrive.
        say(words) {
          const text = `data: ${JSON.stringify(words)}\n\n`;
          write(text.slice(0, 9));
          write(text.slice(9));
        },
        end: () => controller.close(),
      });
    },
  });
  return Promise.resolve(new Response(body));
};

let states: LiveState[];
let pokes: (Poke | null)[];
let tickets: number;
let giveTicket: () => Promise<LiveTicket | null>;
let isOnline: boolean;
let changed: () => void;
let live: Live;

function open(origin = 'https://offing.example'): Live {
  live = openLive({
    ticket: () => {
      tickets++;
      return giveTicket();
    },
    onPoke: (poke) => void pokes.push(poke),
    onState: (state) => void states.push(state),
    origin,
    network: {
      isOnline: () => isOnline,
      follow: (act) => {
        changed = act;
        return () => undefined;
      },
    },
    random: () => 0.5,
    fetch: fakeFetch,
    WebSocket: FakeSocket as unknown as typeof WebSocket,
  });
  return live;
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets.length = 0;
  streams.length = 0;
  [socketsWork, streamStatus, isOnline] = [true, 200, true];
  [states, pokes, tickets] = [[], [], 0];
  giveTicket = () => Promise.resolve({ socketUrl: null, ticket: `ticket ${tickets}` });
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const last = () => sockets.at(-1)!;

describe('a socket', () => {
  it('shows a ticket first, then tells to pull and what is poked, and answers beats', async () => {
    open();
    await pass(0);
    expect(last().url).toBe('wss://offing.example/live');
    expect(last().sent).toEqual(['ticket 1']);
    expect(states).toEqual(['connecting']);
    last().say({ kind: 'welcome' });
    last().say({ kind: 'poke', head: 2, prevHead: 1 });
    last().say({ kind: 'beat' });
    last().say({ kind: 'pull' });
    expect(states).toEqual(['connecting', 'live']);
    expect(pokes).toEqual([null, { head: 2, prevHead: 1 }, null]);
    expect(last().sent).toEqual(['ticket 1', 'beat']);
  });

  it('goes where the ticket says', async () => {
    const socketUrl = 'wss://rooms.example/parties/main/1';
    giveTicket = () => Promise.resolve({ socketUrl, ticket: 't' });
    open();
    await pass(0);
    expect(last().url).toBe(socketUrl);
  });

  it('comes back with a new ticket, and tells to pull what was missed', async () => {
    open();
    await pass(0);
    last().say({ kind: 'welcome' });
    last().end();
    expect(states.at(-1)).toBe('connecting');
    await pass(2_000);
    expect(last().sent).toEqual(['ticket 2']);
    last().say({ kind: 'welcome' });
    expect(states.at(-1)).toBe('live');
    expect(pokes).toEqual([null, null]);
  });

  it('is made anew when nothing is heard for long', async () => {
    open();
    await pass(0);
    last().say({ kind: 'welcome' });
    await pass(49_000);
    last().say({ kind: 'beat' });
    await pass(49_000);
    expect(sockets).toHaveLength(1);
    await pass(2_000);
    expect(sockets).toHaveLength(2);
  });

  it('is not wanted any more once nobody is signed in', async () => {
    open();
    await pass(0);
    last().say({ kind: 'welcome' });
    giveTicket = () => Promise.resolve(null);
    last().end();
    await pass(10_000);
    expect(states.at(-1)).toBe('ended');
    live.hurry();
    await pass(3_600_000);
    expect([sockets.length, streams.length, tickets]).toEqual([1, 0, 2]);
  });

  it('tells to pull now and then, should a poke have been lost', async () => {
    open();
    await pass(0);
    last().say({ kind: 'welcome' });
    for (let i = 0; i < 70; i++) {
      await pass(10_000);
      last().say({ kind: 'beat' });
    }
    expect(pokes).toEqual([null, null, null]);
  });
});

describe('where sockets do not get through', () => {
  it('events tell the same, and the socket is tried again after ten minutes', async () => {
    socketsWork = false;
    open();
    await pass(30_000);
    expect(sockets).toHaveLength(3);
    streams[0]!.say({ kind: 'welcome' });
    await pass(0);
    expect(states).toEqual(['connecting', 'events']);
    streams[0]!.say({ kind: 'poke', head: 5, prevHead: 4 });
    await pass(0);
    expect(pokes).toEqual([null, { head: 5, prevHead: 4 }]);
    socketsWork = true;
    for (let i = 0; i < 60; i++) {
      streams[0]!.say({ kind: 'beat' });
      await pass(10_000);
      if (sockets.length > 3) break;
    }
    last().say({ kind: 'welcome' });
    expect(states.at(-1)).toBe('live');
  });

  it('the same holds where no ticket can be had', async () => {
    giveTicket = () => Promise.reject(new Error('The server is gone.'));
    open();
    await pass(30_000);
    expect([sockets.length, streams.length]).toEqual([0, 1]);
  });

  it('nor events, the clock tells, at five seconds first and at a minute in the end', async () => {
    [socketsWork, streamStatus] = [false, 503];
    open();
    await pass(30_000);
    expect(states).toEqual(['connecting', 'polling']);
    const before = pokes.length;
    await pass(75_000);
    expect(pokes.length - before).toBeGreaterThanOrEqual(2);
    expect(pokes.every((poke) => poke === null)).toBe(true);
    // And whatever works again is found within minutes.
    socketsWork = true;
    await pass(25_000);
    last().say({ kind: 'welcome' });
    expect(states.at(-1)).toBe('live');
  });

  it('events of somebody who is not signed in are none', async () => {
    [socketsWork, streamStatus] = [false, 401];
    open();
    await pass(30_000);
    expect(states.at(-1)).toBe('ended');
  });
});

describe('without a network', () => {
  it('nothing is tried, and all of it at once when it is back', async () => {
    isOnline = false;
    open();
    await pass(600_000);
    expect([states, sockets.length, tickets]).toEqual([['offline'], 0, 0]);
    isOnline = true;
    changed();
    await pass(0);
    last().say({ kind: 'welcome' });
    expect(states.at(-1)).toBe('live');
    isOnline = false;
    changed();
    expect(states.at(-1)).toBe('offline');
    expect(last().readyState).toBe(3);
  });

  it('a server on this machine is reached all the same', async () => {
    isOnline = false;
    open('http://localhost:5170');
    await pass(0);
    expect(last().url).toBe('ws://localhost:5170/live');
  });
});

it('tries at once when the person is back, unless it is up', async () => {
  [socketsWork, streamStatus] = [false, 503];
  open();
  await pass(30_000);
  socketsWork = true;
  live.hurry();
  await pass(0);
  last().say({ kind: 'welcome' });
  const before = sockets.length;
  live.hurry();
  await pass(1_000);
  expect([states.at(-1), sockets.length]).toEqual(['live', before]);
});

it('says nothing more once it is closed', async () => {
  open();
  await pass(0);
  last().say({ kind: 'welcome' });
  live.close();
  last().say({ kind: 'pull' });
  await pass(3_600_000);
  expect([pokes, states.at(-1), sockets.length]).toEqual([[null], 'live', 1]);
});
