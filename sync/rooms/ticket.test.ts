import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { TICKET_LIFE_MS } from '#core/sync/live.ts';
import { readSignedWords, signedWords } from './party-words.ts';
import { signingKey } from './signature.ts';
import { makeTicket, readTicket } from './ticket.ts';

const nowMs = 1_800_000_000_000;
const userId = '11111111-1111-4111-8111-111111111111';
const sessionId = '22222222-2222-4222-8222-222222222222';
const id = 'AAAAAAAAAAAAAAAAAAAAAA';

let key: CryptoKey;
let otherKey: CryptoKey;
beforeAll(async () => {
  key = await signingKey('one secret of two, long enough to be one');
  otherKey = await signingKey('the other secret, which is as long as that');
});

const make = () => makeTicket(key, { userId, sessionId, nowMs, id });

describe('a ticket', () => {
  it('says whose it is, for half a minute', async () => {
    const text = await make();
    const ticket = { userId, sessionId, expiresMs: nowMs + TICKET_LIFE_MS, id };
    expect(await readTicket(key, text, nowMs)).toEqual(ticket);
    expect(await readTicket(key, text, nowMs + TICKET_LIFE_MS - 1)).toEqual(ticket);
    expect(await readTicket(key, text, nowMs + TICKET_LIFE_MS)).toBeNull();
  });

  it('is none under another key', async () => {
    expect(await readTicket(otherKey, await make(), nowMs)).toBeNull();
  });

  it('is none once a single character differs', async () => {
    const text = await make();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length - 1),
        fc.constantFrom(...'0123456789abcdefAB._-\n '),
        async (at, letter) => {
          const changed = text.slice(0, at) + letter + text.slice(at + 1);
          expect((await readTicket(key, changed, nowMs)) !== null).toBe(changed === text);
        },
      ),
    );
  });

  it('is none when it is any other text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 300 }), async (text) => {
        expect(await readTicket(key, text, nowMs)).toBeNull();
      }),
    );
  });
});

describe('what the server says to a room elsewhere', () => {
  const said = { poke: { head: 2, prevHead: 1 }, trading: [userId], sessions: [sessionId] };
  const sent = async () => {
    const { body, headers } = await signedWords(key, userId, said, nowMs);
    const [signature = '', time = ''] = Object.values(headers);
    return { body, signature, time };
  };

  it('is believed for half a minute, either way', async () => {
    for (const offMs of [-30_000, 0, 30_000]) {
      expect(await readSignedWords(key, userId, await sent(), nowMs + offMs)).toEqual(said);
    }
    for (const offMs of [-30_001, 30_001]) {
      expect(await readSignedWords(key, userId, await sent(), nowMs + offMs)).toBeNull();
    }
  });

  it('is not believed by another room, under another key, or with anything changed', async () => {
    const whole = await sent();
    const read = (words: typeof whole, room = userId, by = key) =>
      readSignedWords(by, room, words, nowMs);
    expect(await read(whole, sessionId)).toBeNull();
    expect(await read(whole, userId, otherKey)).toBeNull();
    expect(await read({ ...whole, body: whole.body.replace('2', '3') })).toBeNull();
    expect(await read({ ...whole, time: `${nowMs + 1}` })).toBeNull();
    expect(await read({ ...whole, signature: '' })).toBeNull();
  });

  it('is not a ticket, though both are signed with one key', async () => {
    const { signature } = await sent();
    const body = (await make()).split('.').slice(0, 4).join('.');
    expect(await readTicket(key, `${body}.${signature}`, nowMs)).toBeNull();
  });
});
