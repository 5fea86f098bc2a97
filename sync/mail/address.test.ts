import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailAddress, readSender } from './address.ts';

test.each([
  'a@b.example',
  'first.last+tag@sub.example.com',
  'j\u00fcrgen@b\u00fccher.example',
  'offing@localhost',
])('takes the address %s as it is', (text) => {
  expect(mailAddress(text)).toBe(text);
});

test.each([
  '',
  'nobody',
  'a@',
  '@b.example',
  'a@b@c.example',
  'a b@c.example',
  'a@b.example\r\nBcc: c@d.example',
  'a@b.example, c@d.example',
  'A <a@b.example>',
  'a@b..example',
  'a@[127.0.0.1]',
  `${'a'.repeat(65)}@b.example`,
])('refuses %j as an address', (text) => {
  expect(mailAddress(text)).toBeNull();
});

test('whatever is taken can neither end a header nor name a second recipient', () => {
  const text = fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(text, ([before, after]) => {
      const address = mailAddress(`${before}@${after}`);
      if (address !== null) expect(address).not.toMatch(/[\s\p{C},;<>"]/u);
    }),
  );
});

test('reads a sender with and without a name', () => {
  expect(readSender('Offing <a@b.example>')).toEqual({ name: 'Offing', address: 'a@b.example' });
  expect(readSender('"Offing" <a@b.example>')).toEqual({ name: 'Offing', address: 'a@b.example' });
  expect(readSender('a@b.example')).toEqual({ name: '', address: 'a@b.example' });
  expect(readSender('Offing\r\nBcc: x <a@b.example>')).toBeNull();
  expect(readSender('Offing')).toBeNull();
});
