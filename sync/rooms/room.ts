/**
 * The room of one account, whoever hosts it: tells those in it that there is something to pull.
 *
 * It keeps nothing but who is in it and, until they expire, which tickets were used. Bytes are
 * counted as taken in once a member answers the beat that came behind them, since not every host
 * can say what of a socket is still unsent.
 */
import {
  BEAT_MS,
  MOST_INLINE_BYTES,
  type Poke,
  type RoomEnd,
  type RoomWords,
} from '#core/sync/live.ts';

export interface Member {
  readonly sessionId: string;
  /** Whether it answers beats; a stream of events cannot. */
  readonly answers: boolean;
  send(text: string): void;
  close(end: RoomEnd): void;
  /** Bytes that have not left yet, where the host knows. */
  unsentBytes(): number;
}

export type TradingWords = Extract<RoomWords, { readonly kind: 'trading' | 'quotes' }>;

export interface Room {
  /** False where the ticket was used here before. */
  spend(ticket: { readonly id: string; readonly expiresMs: number }, nowMs: number): boolean;
  /** False, and the member closed, where there are too many already. */
  join(member: Member, nowMs: number): boolean;
  leave(member: Member): void;
  /** The member answered. */
  heard(member: Member, nowMs: number): void;
  /** Tells those whose sessions are alive and closes the others. */
  poke(poke: Poke, sessions: ReadonlySet<string>): void;
  /** Tells everybody something of a trading account. */
  tell(said: TradingWords): void;
  /** Tells everybody that something may have been missed. */
  pull(): void;
  /** Closes those whose sessions are not alive. */
  keep(sessions: ReadonlySet<string>): void;
  /** To be called every `BEAT_MS`: asks for a sign of life and closes who gave none. */
  beat(nowMs: number): void;
  closeAll(end: RoomEnd): void;
  readonly size: number;
}

export const mostMembers = 20;
export const mostUnsentBytes = 262_144;
const askAgainBytes = 65_536;
const mostSilenceMs = 2 * BEAT_MS + 5_000;
/** A ticket is good for so long a stay; the next one is got by a session that is alive. */
export const longestStayMs = 3_600_000;

interface Stay {
  readonly sinceMs: number;
  heardMs: number;
  /** Sent since it last answered, and of that, since the last beat that it was asked by. */
  unheardBytes: number;
  sinceBeatBytes: number;
}

/** A room that nobody is in yet. */
export function createRoom(): Room {
  const stays = new Map<Member, Stay>();
  const used = new Map<string, number>();

  function close(member: Member, end: RoomEnd): void {
    if (stays.delete(member)) member.close(end);
  }
  function say(member: Member, stay: Stay, text: string): void {
    const bytes = utf8Bytes(text);
    stay.unheardBytes += member.answers ? bytes : 0;
    stay.sinceBeatBytes += bytes;
    if (Math.max(stay.unheardBytes, member.unsentBytes() + bytes) > mostUnsentBytes) {
      return close(member, 'slow');
    }
    member.send(text);
    if (member.answers && stay.sinceBeatBytes >= askAgainBytes) ask(member, stay);
  }
  function ask(member: Member, stay: Stay): void {
    stay.sinceBeatBytes = 0;
    say(member, stay, words({ kind: 'beat' }));
  }
  const sayAll = (text: string) => {
    for (const [member, stay] of [...stays]) say(member, stay, text);
  };
  const keep = (sessions: ReadonlySet<string>) => {
    for (const member of [...stays.keys()]) {
      if (!sessions.has(member.sessionId)) close(member, 'signed-out');
    }
  };

  return {
    spend({ id, expiresMs }, nowMs) {
      for (const [old, endMs] of used) if (endMs <= nowMs) used.delete(old);
      if (used.has(id)) return false;
      used.set(id, expiresMs);
      return true;
    },
    join(member, nowMs) {
      if (stays.size >= mostMembers) {
        member.close('crowded');
        return false;
      }
      const stay = { sinceMs: nowMs, heardMs: nowMs, unheardBytes: 0, sinceBeatBytes: 0 };
      stays.set(member, stay);
      say(member, stay, words({ kind: 'welcome' }));
      return true;
    },
    leave(member) {
      stays.delete(member);
    },
    heard(member, nowMs) {
      const stay = stays.get(member);
      if (!stay) return;
      stay.heardMs = nowMs;
      stay.unheardBytes = stay.sinceBeatBytes;
    },
    poke(poke, sessions) {
      keep(sessions);
      sayAll(words({ kind: 'poke', ...withoutLarge(poke) }));
    },
    tell: (said) => sayAll(words(said)),
    pull: () => sayAll(words({ kind: 'pull' })),
    keep,
    beat(nowMs) {
      for (const [member, stay] of [...stays]) {
        if (nowMs - stay.sinceMs >= longestStayMs) close(member, 'over');
        else if (member.answers && nowMs - stay.heardMs > mostSilenceMs) close(member, 'silent');
        else ask(member, stay);
      }
    },
    closeAll(end) {
      for (const member of [...stays.keys()]) close(member, end);
    },
    get size() {
      return stays.size;
    },
  };
}

function withoutLarge({ head, prevHead, fragment }: Poke): Poke {
  const isSmall =
    fragment !== undefined && utf8Bytes(JSON.stringify(fragment)) <= MOST_INLINE_BYTES;
  return isSmall ? { head, prevHead, fragment } : { head, prevHead };
}

function words(said: RoomWords): string {
  return JSON.stringify(said);
}

/** At most three bytes a code unit: exact for ASCII, else never too few. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return bytes;
}
