import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeToken, readToken, sha256 } from './token.ts';

test('a token names its account and the digest of its secret, and nothing else is kept of it', () => {
  const userId = randomUUID();
  const token = makeToken(userId);
  expect(readToken(token.text)).toEqual({ userId, hash: token.hash });
  const secret = token.text.slice(userId.length + 1);
  expect(token.hash).toBe(sha256(secret));
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
});

test('no two tokens are alike', () => {
  const userId = randomUUID();
  const made = Array.from({ length: 1_000 }, () => makeToken(userId).text);
  expect(new Set(made).size).toBe(made.length);
});

test('what is not whole names nothing', () => {
  const { text } = makeToken(randomUUID());
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.constantFrom('', ' ', '.', 'é', '%', text),
      (at, by) => {
        fc.pre(text[at] !== by);
        expect(readToken(text.slice(0, at) + by + text.slice(at + 1))).toBeNull();
      },
    ),
  );
  for (const near of [` ${text}`, `${text}\n`, text.toUpperCase().replace(/.{43}$/, ''), '']) {
    expect(readToken(near)).toBeNull();
  }
});

test('no string makes the reader fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readToken(text) === null));
});
