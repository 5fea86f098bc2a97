import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDeviceMark, readDeviceMark } from './known-device.ts';

const secret = 'the-secret-of-an-installation';
const userId = randomUUID();

test('a mark is read by the server that made it, for the account it was made for', () => {
  const mark = makeDeviceMark(secret, userId);
  expect(readDeviceMark(secret, mark, userId)).toBe(mark.split('.')[1]);
  expect(readDeviceMark(secret, mark, randomUUID())).toBeNull();
  expect(readDeviceMark('another-secret', mark, userId)).toBeNull();
});

test('two devices have marks of their own', () => {
  const nonce = () => readDeviceMark(secret, makeDeviceMark(secret, userId), userId);
  expect(nonce()).not.toBe(nonce());
});

test('a mark moved to another account or changed in any place is none', () => {
  const mark = makeDeviceMark(secret, userId);
  const other = randomUUID();
  expect(readDeviceMark(secret, mark.replace(userId, other), other)).toBeNull();
  fc.assert(
    fc.property(fc.nat(mark.length - 1), fc.constantFrom('', 'x', '0', '.', '-'), (at, by) => {
      fc.pre(mark[at] !== by);
      expect(
        readDeviceMark(secret, mark.slice(0, at) + by + mark.slice(at + 1), userId),
      ).toBeNull();
    }),
  );
});

test('anything else is no mark', () => {
  expect(readDeviceMark(secret, null, userId)).toBeNull();
  fc.assert(fc.property(fc.string(), (text) => readDeviceMark(secret, text, userId) === null));
});
