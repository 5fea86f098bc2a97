/**
 * Tells when there is something to pull: by a socket, else by events, else by the clock.
 *
 * Each time that a connection is made, and every few minutes anyhow, it says to pull whatever is
 * there: nothing depends on every poke arriving.
 */
import type { LiveTicket, Poke, RoomWords } from '#core/sync/live.ts';
import { openEventWay } from './event-way.ts';
import { openSocketWay } from './socket-way.ts';
import type { Way, WayOptions } from './way.ts';

/** `ended`: nobody is signed in any more, and nothing more will be told. */
export type LiveState = 'connecting' | 'live' | 'events' | 'polling' | 'offline' | 'ended';

export interface Network {
  isOnline(): boolean;
  /** Calls `changed` whenever it may have changed; gives what ends that. */
  follow(changed: () => void): () => void;
}

/** Of a trading account: passed on to the pages as it comes. */
export type TradingWords = Extract<RoomWords, { readonly kind: 'trading' | 'quotes' }>;

export interface LiveOptions {
  /** A new ticket; null where nobody is signed in any more. Throws where it cannot be had now. */
  ticket(): Promise<LiveTicket | null>;
  /** Null: pull, whatever there is. */
  onPoke(poke: Poke | null): void;
  onTrading?(words: TradingWords): void;
  onState(state: LiveState): void;
  /** Of the server that the pages come from. */
  readonly origin: string;
  readonly network?: Network;
  readonly random?: () => number;
  readonly fetch?: typeof globalThis.fetch;
  readonly WebSocket?: typeof globalThis.WebSocket;
}

export interface Live {
  /** Tries the best way at once, unless one is up: the person is back, or the machine woke. */
  hurry(): void;
  close(): void;
}

const rungs = [
  { open: openSocketWay, state: 'live', climbMs: null },
  { open: openEventWay, state: 'events', climbMs: 600_000 },
] as const;
const firstTries = 3;
const climbFromPollingMs = 120_000;
const shortestPollMs = 5_000;
const longestPollMs = 60_000;
const safetyPullMs = 300_000;

export function openLive(options: LiveOptions): Live {
  const network = isOnThisMachine(options.origin) ? alwaysOnline : (options.network ?? theNetwork);
  const random = options.random ?? Math.random;
  let way: Way | null = null;
  let isUp = false;
  let state: LiveState | null = null;
  let timers: ReturnType<typeof setTimeout>[] = [];

  const tell = (next: LiveState) => {
    if (next !== state) options.onState((state = next));
  };
  const later = (ms: number, act: () => void) => void timers.push(setTimeout(act, ms));
  const rest = () => {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    way?.close();
    way = null;
    isUp = false;
  };
  function start(rung: number, mostTries: number): void {
    rest();
    if (!network.isOnline()) return tell('offline');
    const found = rungs[rung];
    if (!found) return poll();
    const { open, state: name, climbMs } = found;
    if (climbMs !== null) later(climbMs, () => start(0, 1));
    const ways: Omit<WayOptions, 'onWords'> = {
      ticket: options.ticket,
      origin: options.origin,
      mostTries,
      random,
      fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
      WebSocket: options.WebSocket ?? globalThis.WebSocket,
      onLost() {
        isUp = false;
        tell('connecting');
      },
      onDown: () => start(rung + 1, firstTries),
      onEnded() {
        close();
        tell('ended');
      },
    };
    // Going back up, the one below was up a moment ago: no word of it, should that fail.
    if (state === null || state === 'offline') tell('connecting');
    way = open({
      ...ways,
      onWords(words) {
        if (words.kind === 'welcome') {
          isUp = true;
          tell(name);
        }
        if (words.kind === 'welcome' || words.kind === 'pull') options.onPoke(null);
        if (words.kind === 'trading' || words.kind === 'quotes') options.onTrading?.(words);
        if (words.kind !== 'poke') return;
        const { kind: _, ...poke } = words;
        options.onPoke(poke);
      },
    });
    pullNowAndThen();
  }
  function pullNowAndThen(): void {
    later(safetyPullMs * (0.75 + random() / 2), () => {
      if (isUp) options.onPoke(null);
      pullNowAndThen();
    });
  }
  function poll(): void {
    tell('polling');
    later(climbFromPollingMs, () => start(0, 1));
    const again = (waitMs: number) => {
      options.onPoke(null);
      later(waitMs * (0.75 + random() / 2), () => again(Math.min(2 * waitMs, longestPollMs)));
    };
    again(shortestPollMs);
  }
  const unfollow = network.follow(() => {
    const isBack = state === 'offline' && network.isOnline();
    if (isBack || (!network.isOnline() && state !== 'offline')) start(0, firstTries);
  });
  function close(): void {
    unfollow();
    rest();
  }
  start(0, firstTries);
  return {
    hurry() {
      if (state !== 'ended' && !isUp) start(0, firstTries);
    },
    close,
  };
}

const alwaysOnline: Network = { isOnline: () => true, follow: () => () => undefined };

const theNetwork: Network = {
  isOnline: () => globalThis.navigator.onLine,
  follow(changed) {
    const names = ['online', 'offline'];
    for (const name of names) globalThis.addEventListener(name, changed);
    return () => {
      for (const name of names) globalThis.removeEventListener(name, changed);
    };
  },
};

/** A server on this machine answers without any network. */
function isOnThisMachine(origin: string): boolean {
  return /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
}
