import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEAT_MS, readRoomWords, type RoomEnd, type RoomWords } from '#core/sync/live.ts';
import { createRoom, longestStayMs, mostMembers, mostUnsentBytes, type Member } from './room.ts';

interface Guest extends Member {
  readonly heard: RoomWords[];
  end: RoomEnd | null;
  unsent: number;
}

function guest(sessionId = 's', answers = true): Guest {
  const made: Guest = {
    sessionId,
    answers,
    heard: [],
    end: null,
    unsent: 0,
    send(text) {
      const words = readRoomWords(text);
      if (words) made.heard.push(words);
    },
    close: (why) => (made.end = why),
    unsentBytes: () => made.unsent,
  };
  return made;
}

const poke = (head: number) => ({ head, prevHead: head - 1 });
const wide = (head: number) => ({
  ...poke(head),
  fragment: ['notes', 'n', '0000000010000abcdef', { title: 'x'.repeat(3_900) }] as const,
});

describe('a room', () => {
  it('tells exactly those whose sessions are alive, and is closed to the others for good', () => {
    const sessions = fc.constantFrom('a', 'b', 'c', 'd');
    const steps = fc.array(fc.subarray(['a', 'b', 'c', 'd']), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(sessions, { maxLength: mostMembers }), steps, (joining, alives) => {
        const room = createRoom();
        const guests = joining.map((session) => guest(session));
        for (const each of guests) room.join(each, 0);
        alives.forEach((alive, step) => room.poke(poke(step + 1), new Set(alive)));
        for (const { sessionId, heard, end } of guests) {
          const dead = alives.findIndex((alive) => !alive.includes(sessionId));
          const told = dead < 0 ? alives.length : dead;
          const heads = heard.flatMap((words) => (words.kind === 'poke' ? [words.head] : []));
          expect(heads).toEqual(Array.from({ length: told }, (_, step) => step + 1));
          expect(end).toBe(dead < 0 ? null : 'signed-out');
        }
      }),
    );
  });

  it('takes a ticket once until it expires, and then forgets it', () => {
    const room = createRoom();
    const ticket = { id: 't', expiresMs: 30_000 };
    expect(room.spend(ticket, 0)).toBe(true);
    expect(room.spend(ticket, 29_999)).toBe(false);
    expect(room.spend({ id: 'u', expiresMs: 60_000 }, 30_000)).toBe(true);
    // Nobody shows it any more: a ticket that expired is refused before this is asked.
    expect(room.spend(ticket, 30_000)).toBe(true);
  });

  it('has room for twenty, and turns the next one away', () => {
    const room = createRoom();
    const guests = Array.from({ length: mostMembers + 1 }, () => guest());
    const taken = guests.map((each) => room.join(each, 0));
    expect(taken.filter(Boolean)).toHaveLength(mostMembers);
    expect(guests.at(-1)).toMatchObject({ end: 'crowded', heard: [] });
    room.leave(guests[0]!);
    expect(room.join(guest(), 0)).toBe(true);
  });

  it('drops who takes in nothing before more than a quarter of a megabyte waits for it', () => {
    const room = createRoom();
    const mute = guest();
    room.join(mute, 0);
    for (let head = 1; mute.end === null && head < 1_000; head++) {
      room.poke(wide(head), new Set(['s']));
    }
    expect(mute.end).toBe('slow');
    const bytes = mute.heard.reduce((sum, words) => sum + JSON.stringify(words).length, 0);
    expect(bytes).toBeLessThanOrEqual(mostUnsentBytes);
    expect(bytes).toBeGreaterThan(mostUnsentBytes - 8_192);
  });

  it('never drops who answers each beat, however much there is to say', () => {
    const room = createRoom();
    const quick = guest();
    const answering: Guest = {
      ...quick,
      send(text) {
        quick.send(text);
        if (quick.heard.at(-1)?.kind === 'beat') room.heard(answering, 0);
      },
      close: (why) => quick.close(why),
    };
    room.join(answering, 0);
    for (let head = 1; head <= 1_000; head++) room.poke(wide(head), new Set(['s']));
    expect(quick.end).toBeNull();
    expect(quick.heard.at(-1)).toMatchObject({ kind: 'poke', head: 1_000 });
  });

  it('drops who cannot answer by what its host says is unsent', () => {
    const room = createRoom();
    const stream = guest('s', false);
    room.join(stream, 0);
    for (let head = 1; head <= 200; head++) room.poke(wide(head), new Set(['s']));
    expect(stream.end).toBeNull();
    stream.unsent = mostUnsentBytes;
    room.poke(poke(201), new Set(['s']));
    expect(stream.end).toBe('slow');
  });

  it('closes who answers no beat, and a stream, which cannot, is beaten on', () => {
    const room = createRoom();
    const [answers, silent, stream] = [guest(), guest(), guest('s', false)];
    for (const each of [answers, silent, stream]) room.join(each, 0);
    for (let nowMs = BEAT_MS; nowMs <= 4 * BEAT_MS; nowMs += BEAT_MS) {
      room.beat(nowMs);
      room.heard(answers, nowMs);
    }
    expect([answers.end, silent.end, stream.end]).toEqual([null, 'silent', null]);
    expect(stream.heard.filter(({ kind }) => kind === 'beat')).toHaveLength(4);
  });

  it('lets nobody stay on one ticket for more than an hour', () => {
    const room = createRoom();
    const one = guest();
    room.join(one, 0);
    room.heard(one, longestStayMs - 1);
    room.beat(longestStayMs - 1);
    expect(one.end).toBeNull();
    room.beat(longestStayMs);
    expect(one.end).toBe('over');
    expect(room.size).toBe(0);
  });

  it('never hands on what is larger than four kilobytes, in whichever letters', () => {
    for (const letter of ['x', 'ж', '漢', '😀']) {
      const room = createRoom();
      const one = guest();
      room.join(one, 0);
      const title = letter.repeat(4_096 / letter.length);
      const fragment = ['notes', 'n', '0000000010000abcdef', { title }] as const;
      room.poke({ ...poke(1), fragment }, new Set(['s']));
      expect(one.heard.at(-1)).toEqual({ kind: 'poke', head: 1, prevHead: 0 });
    }
  });
});
