/**
 * Rooms on PartyKit, seen from the server: told over HTTPS, each thing by one of all servers.
 *
 * What cannot be told in three tries is given up: devices pull by themselves now and then.
 */
import type { Poke } from '#core/sync/live.ts';
import type { Log } from '../ops/log.ts';
import { partyPath, signedWords } from './party-words.ts';

export interface PartyHost {
  poke(userId: string, poke: Poke): Promise<void>;
  /** Something of a trading account changed. */
  trading(userId: string, accountId: string): Promise<void>;
  /** A session of the account ended. */
  check(userId: string): Promise<void>;
}

export interface PartyHostOptions {
  readonly origin: string;
  readonly key: CryptoKey;
  sessionsAlive(userId: string): Promise<ReadonlySet<string>>;
  /** True for one of all servers. */
  isOurs(name: string): Promise<boolean>;
  now(): number;
  readonly log: Log;
}

const answerLimitMs = 2_000;
const mostTries = 3;
const mostRooms = 200;

interface News {
  readonly poke: Poke | null;
  /** Accounts. */
  readonly trading: readonly string[];
}

interface Waiting extends News {
  readonly tries: number;
}

const nothing: News = { poke: null, trading: [] };

/** One request a room at a time: what comes meanwhile is told as one. */
export function partyHost(options: PartyHostOptions): PartyHost {
  const { origin, key, sessionsAlive, isOurs, now, log } = options;
  const waiting = new Map<string, Waiting>();
  const busy = new Set<string>();
  async function send(userId: string, news: News): Promise<void> {
    const said = { ...news, sessions: [...(await sessionsAlive(userId))] };
    const { body, headers } = await signedWords(key, userId, said, now());
    const answer = await fetch(`${origin}${partyPath(userId)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(answerLimitMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`A room answered ${answer.status}.`);
  }
  async function tell(userId: string, news: News): Promise<void> {
    waiting.set(userId, { ...together(waiting.get(userId) ?? nothing, news), tries: 0 });
    if (busy.has(userId)) return;
    busy.add(userId);
    for (let next = waiting.get(userId); next; next = waiting.get(userId)) {
      const { tries, ...told } = next;
      waiting.delete(userId);
      try {
        await send(userId, told);
      } catch (error) {
        log.warn({ err: error }, 'a room could not be told');
        const later = waiting.get(userId) ?? nothing;
        if (tries + 1 < mostTries) {
          waiting.set(userId, { ...together(told, later), tries: tries + 1 });
        }
      }
    }
    busy.delete(userId);
  }
  return {
    async poke(userId, poke) {
      if (busy.size >= mostRooms && !busy.has(userId)) return;
      const isFirst = await isOurs(`poke ${userId} ${poke.head}`).catch((error: unknown) => {
        log.warn({ err: error }, 'a room is told by no server or by all');
        return true;
      });
      if (isFirst) await tell(userId, { poke, trading: [] });
    },
    // By every server as well: what changed has no number that it could be told once by.
    trading: (userId, accountId) => tell(userId, { poke: null, trading: [accountId] }),
    // By every server: one that dies must not keep a room open to somebody who signed out.
    check: (userId) => tell(userId, nothing),
  };
}

function together(one: News, other: News): News {
  return {
    poke: asOnePoke(one.poke, other.poke),
    trading: [...new Set([...one.trading, ...other.trading])],
  };
}

/** Both as one poke; a change itself is handed on only where it is all there is. */
function asOnePoke(one: Poke | null, other: Poke | null): Poke | null {
  if (!one || !other) return one ?? other;
  return {
    head: Math.max(one.head, other.head),
    prevHead: Math.min(one.prevHead, other.prevHead),
  };
}
