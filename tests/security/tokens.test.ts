/** Sessions, links, steps and API tokens are named by chance alone. */
import { expect, it } from 'vitest';
import { makeToken, readToken } from '../../sync/auth/token.ts';

const userId = '0b0e8400-e29b-41d4-a716-446655440000';

it('a token has 256 random bits, and no two are alike', () => {
  const tokens = Array.from({ length: 5_000 }, () => makeToken(userId));
  const secrets = tokens.map(({ text }) => Buffer.from(text.slice(37), 'base64url'));
  expect(new Set(tokens.map(({ text }) => text)).size).toBe(tokens.length);
  for (const secret of secrets) expect(secret).toHaveLength(32);
  // Each bit is set in about half of them: eight standard deviations from it is no chance.
  const far = 8 * Math.sqrt(tokens.length) * 0.5;
  for (let bit = 0; bit < 256; bit++) {
    const set = secrets.filter((secret) => ((secret[bit >> 3] ?? 0) >> (bit & 7)) & 1).length;
    expect(Math.abs(set - tokens.length / 2)).toBeLessThan(far);
  }
});

it('what is kept of a token is a digest that does not show it', () => {
  const { text, hash } = makeToken(userId);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(readToken(text)).toEqual({ userId, hash });
  const secret = text.slice(37);
  expect(hash).not.toBe(Buffer.from(secret, 'base64url').toString('hex'));
  expect(hash).not.toContain(secret);
});
