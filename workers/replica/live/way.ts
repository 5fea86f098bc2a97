/** One way of being told that there is something to pull: what it is opened with and what it tells. */
import type { LiveTicket, RoomWords } from '#core/sync/live.ts';

export interface WayOptions {
  /** A new ticket; null where nobody is signed in any more. Throws where it cannot be had now. */
  ticket(): Promise<LiveTicket | null>;
  /** Of the server that the pages come from. */
  readonly origin: string;
  /** So often in a row it may fail before it is given up. */
  readonly mostTries: number;
  readonly random: () => number;
  readonly fetch: typeof globalThis.fetch;
  readonly WebSocket: typeof globalThis.WebSocket;
  /** Something was said; `welcome` first, each time that it is connected. */
  onWords(words: RoomWords): void;
  /** It was lost and tries again. */
  onLost(): void;
  /** It failed too often and is closed. */
  onDown(): void;
  /** Nobody is signed in any more; it is closed. */
  onEnded(): void;
}

export interface Way {
  close(): void;
}

/** A room says something at least every 20 s; after this long without, the line is dead. */
export const mostSilenceMs = 50_000;
