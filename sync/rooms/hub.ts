/**
 * All rooms of this process: told by the database, they tell those in them.
 *
 * Before each poke, and every second anyhow, the database is asked which sessions are alive; where
 * it does not answer nobody is told anything, and everybody pulls once it does.
 */
import { setInterval } from 'node:timers';
import { readBookChange } from '#core/broker/book-change.ts';
import { BEAT_MS, type Poke, type QuotesWord } from '#core/sync/live.ts';
import { gather } from '../database/gather.ts';
import type { Log } from '../ops/log.ts';
import { createRoom, type Member, type Room, type TradingWords } from './room.ts';

export interface HubOptions {
  sessionsAlive(userIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  now(): number;
  readonly log: Log;
}

export interface TradingChange {
  readonly userId: string;
  readonly accountId: string;
  /** JSON, read where somebody is told; null: to be asked for. */
  readonly change: string | null;
}

export interface Hub {
  /** False, and the member closed, where its room is full, its session has ended, or all ends. */
  join(userId: string, member: Member): Promise<boolean>;
  leave(userId: string, member: Member): void;
  heard(userId: string, member: Member): void;
  poke(userId: string, poke: Poke): Promise<void>;
  /** Something of a trading account changed. */
  trading(notice: TradingChange): Promise<void>;
  /** Whose sessions have ended is not asked each time: they go within a second. */
  quotes(userId: string, word: QuotesWord): void;
  /** A session of the account ended. */
  check(userId: string): Promise<void>;
  /** Pokes may have been lost. */
  pullAll(): void;
  readonly size: number;
  close(): void;
}

const sweepMs = 1_000;
const mostTogether = 1_000;

export function openHub(options: HubOptions): Hub {
  const { now, log } = options;
  const rooms = new Map<string, Room>();
  /** Rooms with a poke that could not be passed on. */
  const owed = new Set<string>();
  const none: ReadonlySet<string> = new Set();
  let isSweeping = false;
  let isClosed = false;
  const aliveOf = gather(async (userIds: readonly string[]) => {
    const alive = await options.sessionsAlive([...new Set(userIds)]);
    return userIds.map((userId) => alive.get(userId) ?? none);
  }, mostTogether);

  const roomOf = (userId: string) => {
    const room = rooms.get(userId) ?? createRoom();
    rooms.set(userId, room);
    return room;
  };
  const forget = (userId: string) => {
    if (rooms.get(userId)?.size !== 0) return;
    rooms.delete(userId);
    owed.delete(userId);
  };
  async function withAlive(userId: string, act: (room: Room, alive: ReadonlySet<string>) => void) {
    if (!rooms.has(userId)) return;
    try {
      const alive = await aliveOf(userId);
      const room = rooms.get(userId);
      if (room) act(room, alive);
      forget(userId);
    } catch (error) {
      owed.add(userId);
      log.warn({ err: error }, 'a poke waits: the database does not say who is signed in');
    }
  }
  async function sweep(): Promise<void> {
    if (isSweeping || rooms.size === 0) return;
    isSweeping = true;
    await Promise.all(
      [...rooms.keys()].map((userId) =>
        withAlive(userId, (room, alive) => {
          room.keep(alive);
          if (owed.delete(userId)) room.pull();
        }),
      ),
    );
    isSweeping = false;
  }
  const sweeping = setInterval(() => void sweep(), sweepMs);
  const beating = setInterval(() => {
    for (const [userId, room] of rooms) {
      room.beat(now());
      forget(userId);
    }
  }, BEAT_MS);
  return {
    async join(userId, member) {
      // A session may end between the ticket and now.
      const alive = await aliveOf(userId);
      if (isClosed || !alive.has(member.sessionId)) {
        member.close(isClosed ? 'stopping' : 'signed-out');
        return false;
      }
      return roomOf(userId).join(member, now());
    },
    leave(userId, member) {
      rooms.get(userId)?.leave(member);
      forget(userId);
    },
    heard: (userId, member) => rooms.get(userId)?.heard(member, now()),
    poke: (userId, poke) => withAlive(userId, (room, alive) => room.poke(poke, alive)),
    trading: ({ userId, accountId, change: text }) =>
      withAlive(userId, (room, alive) => {
        room.keep(alive);
        const change = text === null ? null : readBookChange(JSON.parse(text));
        room.tell({ kind: 'trading', accountId, ...(change && { change }) });
      }),
    quotes(userId, word) {
      const said: TradingWords = { kind: 'quotes', ...word };
      rooms.get(userId)?.tell(said);
    },
    check: (userId) => withAlive(userId, (room, alive) => room.keep(alive)),
    pullAll() {
      for (const userId of rooms.keys()) owed.add(userId);
    },
    get size() {
      return [...rooms.values()].reduce((sum, room) => sum + room.size, 0);
    },
    close() {
      isClosed = true;
      clearInterval(sweeping);
      clearInterval(beating);
      for (const room of rooms.values()) room.closeAll('stopping');
      rooms.clear();
    },
  };
}
