import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPoke, readRoomWords } from '#core/sync/live.ts';
import { readHeadNotice, readSessionNotice } from './notices.ts';

const userId = '11111111-1111-4111-8111-111111111111';
const stamp = '0000000010000abcdef';

describe('what the database says', () => {
  it('is the head, and the change where it is small and one of ours', () => {
    const fragment = ['notes', 'n', stamp, { title: 'a' }];
    const notice = { userId, prevHead: 1, head: 2, fragment };
    const poke = { prevHead: 1, head: 2, fragment };
    expect(readHeadNotice(JSON.stringify(notice))).toEqual({ userId, poke });
  });

  it('is taken without a change that is none', () => {
    for (const fragment of [null, [], ['notes', 'n', 'stamp', {}], { title: 'a' }]) {
      const notice = { userId, prevHead: 1, head: 2, fragment };
      expect(readHeadNotice(JSON.stringify(notice))?.poke).toEqual({ prevHead: 1, head: 2 });
    }
  });

  it.each([
    ['no JSON', '{'],
    ['no account', JSON.stringify({ prevHead: 1, head: 2 })],
    ['a head behind the one before', JSON.stringify({ userId, prevHead: 3, head: 2 })],
    ['half a number', JSON.stringify({ userId, prevHead: 1, head: 2.5 })],
  ])('is passed over with %s', (_, text) => {
    expect(readHeadNotice(text)).toBeNull();
  });

  it('names the account whose session ended', () => {
    expect(readSessionNotice(userId)).toBe(userId);
    expect(readSessionNotice(`${userId}'`)).toBeNull();
  });

  it('throws nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readHeadNotice(text);
        readRoomWords(text);
      }),
    );
    fc.assert(fc.property(fc.anything(), (value) => void readPoke(value)));
  });
});
