import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cookieHeader, readCookies } from './cookies.ts';

describe('a cookie over https', () => {
  test('is bound to this host, hidden from scripts and from other sites', () => {
    expect(cookieHeader('session', 'token', true)).toBe(
      '__Host-offing=token; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000; Secure',
    );
  });

  test('is not read under the name that plain http gives it', () => {
    expect(readCookies('offing=planted; offing-device=planted', true)).toEqual({
      session: null,
      device: null,
    });
    expect(readCookies('__Host-offing=a; __Host-offing-device=b', true)).toEqual({
      session: 'a',
      device: 'b',
    });
  });
});

test('over plain http a cookie makes no claim that the browser would refuse', () => {
  const header = cookieHeader('session', 'token', false);
  expect(header).toMatch(/^offing=token; /);
  expect(header).not.toMatch(/Secure|__Host-/);
});

test('taking a cookie away empties it and ends it at once', () => {
  expect(cookieHeader('device', null, true)).toMatch(
    /^__Host-offing-device=; .*Max-Age=0; Secure$/,
  );
  expect(readCookies('offing=', false).session).toBeNull();
});

test('what is set is read back among any others, and the first of a name counts', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9_.-]{1,90}$/);
  const other = fc.stringMatching(/^(x[a-z]{0,8})=[A-Za-z0-9=" ]{0,20}$/);
  fc.assert(
    fc.property(token, token, fc.array(other), fc.boolean(), (one, two, others, secure) => {
      const pair = (value: string) => cookieHeader('session', value, secure).split(';')[0]!;
      const header = [...others, pair(one), ...others, pair(two)].join('; ');
      expect(readCookies(header, secure).session).toBe(one);
    }),
  );
});

test('no header makes the reader fail', () => {
  expect(readCookies(undefined, true)).toEqual({ session: null, device: null });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      readCookies(header, true);
    }),
  );
});
