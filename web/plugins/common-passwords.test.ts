/** The browser's list of common passwords is the beginning of the whole one. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commonPasswords } from './common-passwords.ts';

const source = readFileSync(
  fileURLToPath(
    new URL(
      '../../node_modules/@zxcvbn-ts/language-common/dist/passwords.json.mjs',
      import.meta.url,
    ),
  ),
  'utf8',
);
const packed = (code: string) => /decompress\("([^"]*)"\)/.exec(code)?.[1] ?? '';

test('what is kept begins with the most common and is well shorter', () => {
  const { transform } = commonPasswords() as unknown as {
    transform: { handler: (this: unknown, code: string) => { code: string } };
  };
  const kept = packed(transform.handler.call({ error: expect.unreachable }, source).code);
  expect(packed(source).startsWith(kept)).toBe(true);
  expect(kept).toMatch(/^A123456A/);
  expect(kept.length).toBeLessThan(packed(source).length * 0.6);
  expect(kept.length).toBeGreaterThan(100_000);
});
