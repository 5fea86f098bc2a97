/** Names that follow from what they name. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childId, commentOf, magicOf, requestHash } from './identity.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

describe('a magic number', () => {
  test('is the first 63 bits of the hash of intent and attempt, and never 0', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 1, max: 9 }), (id, attempt) => {
        const magic = BigInt(magicOf(id, attempt));
        expect(magic).toBe(sha256(`${id}|${attempt}`).readBigUInt64BE() >> 1n);
        expect(magic > 0n && magic < 2n ** 63n).toBe(true);
      }),
    );
  });

  test('differs for each intent and each attempt', () => {
    const ids = Array.from({ length: 500 }, (_, k) => `intent ${k}`);
    const magics = ids.flatMap((id) => [1, 2, 3].map((attempt) => magicOf(id, attempt)));
    expect(new Set(magics).size).toBe(magics.length);
  });
});

test('a comment is 26 plain characters that name the intent', () => {
  const comment = commentOf('00000000-0000-4000-8000-000000000001');
  expect(comment).toMatch(/^o:[0-9a-f]{24}$/);
  expect(comment).not.toBe(commentOf('00000000-0000-4000-8000-000000000002'));
});

test('the parts of a request have UUIDs that are the same each time', () => {
  const parts = [0, 1, 2, 'close 7', 'close 71'];
  const ids = parts.map((part) => childId('request', part));
  expect(ids).toEqual(parts.map((part) => childId('request', part)));
  expect(new Set([...ids, childId('other', 0)]).size).toBe(parts.length + 1);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

describe('the hash of a request', () => {
  test('does not care for the order of keys, nor for what is undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
        const turned = Object.fromEntries(Object.entries(body).reverse());
        expect(requestHash({ ...turned, none: undefined })).toBe(requestHash(body));
      }),
    );
  });

  test('differs where the JSON does', () => {
    const bodies = [{}, { a: 1 }, { a: '1' }, { a: [1] }, { a: null }, { a: { b: 1 } }, { b: 1 }];
    expect(new Set(bodies.map(requestHash)).size).toBe(bodies.length);
    expect(requestHash({ a: [1, 2] })).not.toBe(requestHash({ a: [2, 1] }));
  });
});
