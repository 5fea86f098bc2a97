import { describe, expect, test } from 'vitest';
import { isPublicAddress, isPushAddress } from './push-address.ts';
import { answerOf, guardedLookup, postPush } from './push-post.ts';

const open = ['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111'];
const inner = [
  ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
  ...['100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1'],
  ...['::ffff:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:db8::1', 'ff02::1', 'nonsense'],
];

describe('an address of the network', () => {
  test.each(open)('that is public: %s', (address) => expect(isPublicAddress(address)).toBe(true));
  test.each(inner)('that is not: %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('where a push is sent', () => {
  test('is a name under https, with nothing beside', () => {
    expect(isPushAddress('https://fcm.googleapis.com/fcm/send/abc')).toBe(true);
    for (const text of [
      ...['', 'fcm.googleapis.com', 'http://a.example/', 'https://127.1/', 'https://2130706433/'],
      ...['https://0x7f.1/', 'https://[::ffff:127.0.0.1]/', 'https://metadata.google.internal/'],
      ...['https://offing/', 'https://u:p@a.example/', 'ftp://a.example/', 'https://a.example:22/'],
    ]) {
      expect(isPushAddress(text), text).toBe(false);
    }
  });

  test.each([...inner.map((address) => [address, '8.8.8.8'] as const)])(
    'is not called where its name leads to %s, whatever else it leads to',
    async (...addresses) => {
      const look = ((_: string, __: object, answer: (e: null, found: object[]) => void) =>
        answer(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as never;
      const error = await new Promise((resolve) => {
        guardedLookup(look)('push.offing.example', {}, (found) => resolve(found));
      });
      expect(error).toBeInstanceOf(Error);
    },
  );

  test('is not called at all by an address of our own', async () => {
    const push = { address: 'https://127.0.0.1/', headers: {}, body: Buffer.alloc(0) };
    expect(await postPush(push)).toBe('refused');
  });
});

test.each([
  ...([[201, 'taken'] as const, [404, 'gone'] as const, [410, 'gone'] as const] as const),
  ...([[429, 'later'] as const, [503, 'later'] as const, [403, 'refused'] as const] as const),
  ...([[301, 'refused'] as const, [0, 'refused'] as const] as const),
])('a status of %s means %s', (status, answer) => expect(answerOf(status)).toBe(answer));
