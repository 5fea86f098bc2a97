import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scrub } from './scrub.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const secret = fc.oneof(
  bytes(32).map((own) => `${randomUUID()}.${Buffer.from(own).toString('base64url')}`),
  bytes(32).map((own) => Buffer.from(own).toString('hex')),
  fc.constantFrom('JBSWY3DPEHPK3PXP', 'ABCDEF-GHJKLM-NPQRST-UVWXY2', 'trader@example.com'),
  fc.emailAddress().filter((address) => !/['/%={}]/.test(address)),
);
const around = fc.constantFrom(' ', '"', '(', '/', ': ', '\n');

describe('a scrubbed text', () => {
  it('holds no token, key, recovery code or address, whatever stands around it', () => {
    fc.assert(
      fc.property(around, secret, around, (before, hiddenText, after) => {
        expect(scrub(`the value${before}${hiddenText}${after}was wrong`)).not.toContain(hiddenText);
      }),
    );
  });

  it('holds nothing of what stands after a word for a secret', () => {
    const texts = [
      'password: hunter2',
      '{"newPassword":"hunter2 with blanks"}',
      "token='hunter2'",
      'api_key=hunter2&page=1',
      'Authorization: Basic hunter2',
      'with Bearer hunter2',
      'set-cookie: theme=dark; session=hunter2; path=/',
      'postgres://owner:hunter2@localhost/offing',
      'otpauth://totp/Offing:me?secret=hunter2&issuer=Offing',
    ];
    for (const text of texts) expect(scrub(text)).not.toContain('hunter2');
  });

  it('keeps what an operator needs to find the fault', () => {
    const texts = [
      'duplicate key value violates unique constraint "second_factors_user_id_users_user_id_fk"',
      'connect ECONNREFUSED 127.0.0.1:5432',
      `request ${randomUUID()} ended`,
      'at next (file:///srv/offing/node_modules/@trpc/server/dist/resolveResponse.mjs:10:5)',
      'ERR_HTTP2_STREAM_CANCELLED',
    ];
    for (const text of texts) expect(scrub(text)).toBe(text);
  });

  it('is short, however long the text was', () => {
    const long = `${randomBytes(40_000).toString('hex')} ${'x@'.repeat(50_000)}`;
    expect(scrub(long).length).toBeLessThan(2_100);
    expect(scrub('word '.repeat(10_000)).length).toBeLessThan(2_100);
  });
});
