import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyRing, MasterKey } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';
import { createVault, rewrap, type Place } from './vault.ts';

const masterKey = (id: string): MasterKey => ({ id, key: createSecretKey(randomBytes(32)) });

function ringOf(...keys: readonly [MasterKey, ...MasterKey[]]): KeyRing {
  return {
    current: () => keys[0],
    find: (id) => keys.find((key) => key.id === id) ?? null,
    ids: () => keys.map(({ id }) => id),
  };
}

const first = masterKey('first');
const ring = ringOf(first);
const vault = createVault(ring);
const place: Place = { tenant: 'ann', table: 'stored_secrets', row: '7', column: 'sealed_value' };
const anyPlace = fc.record({
  tenant: fc.string(),
  table: fc.string(),
  row: fc.string(),
  column: fc.string(),
});

describe('the vault', () => {
  it('gives back what was sealed, whatever it is and wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), anyPlace, (text, at) => {
        expect(vault.open(vault.seal(text, at), at)).toBe(text);
      }),
    );
  });

  it('seals the same text differently each time, with the key id in front', () => {
    const sealed = Array.from({ length: 50 }, () => vault.seal('same', place));
    const parts = sealed.map((text) => text.split('.'));
    expect(new Set(parts.map(([, , wrapped]) => wrapped)).size).toBe(50);
    expect(new Set(parts.map(([, , , value]) => value)).size).toBe(50);
    expect(sealed.every((text) => text.startsWith('first.1.'))).toBe(true);
  });

  it('shows nothing of the text', () => {
    const canary = 'canary-5d1f';
    const sealed = vault.seal(canary, place);
    const bytes = sealed
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect([sealed, ...bytes].join(' ')).not.toContain(canary);
  });

  it('does not open a value of which any character was changed, added or left out', () => {
    const sealed = vault.seal('a key for a broker', place);
    const alphabet = [...'ABCZabcz0189-_.=+/ \n'];
    for (let at = 0; at <= sealed.length; at++) {
      for (const other of ['', ...alphabet]) {
        const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
        const longer = sealed.slice(0, at) + other + sealed.slice(at);
        for (const text of [changed, longer]) {
          if (text !== sealed) expect(() => vault.open(text, place)).toThrow('is whole');
        }
      }
    }
  });

  it('does not open a value of which any bit was changed', () => {
    const [keyId, format, ...parts] = vault.seal('a key for a broker', place).split('.');
    parts.forEach((part, which) => {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        const texts = parts.with(which, changed.toString('base64url'));
        expect(() => vault.open([keyId, format, ...texts].join('.'), place)).toThrow('is whole');
      }
    });
  });

  it('does not open a value that was moved to another tenant, table, row or column', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, fc.string(), (from, to, text) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const sealed = vault.seal(text, from);
        expect(() => vault.open(sealed, to)).toThrow('is whole');
      }),
    );
    for (const part of ['tenant', 'table', 'row', 'column'] as const) {
      const sealed = vault.seal('text', place);
      expect(() => vault.open(sealed, { ...place, [part]: 'other' })).toThrow('is whole');
    }
  });

  it('does not open a value whose data key belongs to another', () => {
    const one = vault.seal('one', place).split('.');
    const two = vault.seal('two', place).split('.');
    expect(() => vault.open([...one.slice(0, 3), two[3]].join('.'), place)).toThrow('is whole');
  });

  it('does not open a value under another key, of the same id or of one that is not there', () => {
    const sealed = vault.seal('text', place);
    for (const other of [ringOf(masterKey('first')), ringOf(masterKey('second'))]) {
      expect(() => createVault(other).open(sealed, place)).toThrow('is whole');
    }
  });

  it('says nothing of the value when it throws', () => {
    const sealed = vault.seal('hunter2', place);
    expect(() => vault.open(sealed, { ...place, row: '8' })).toThrow(
      /^Broken promise: what is sealed in stored_secrets\.sealed_value is whole$/,
    );
  });
});

describe('rewrapping', () => {
  const second = masterKey('second');
  const both = ringOf(second, first);

  it('puts a value under the current key, which alone then opens it', () => {
    fc.assert(
      fc.property(fc.string(), anyPlace, (text, at) => {
        const fresh = rewrap(both, vault.seal(text, at), at)!;
        expect(createVault(ringOf(second)).open(fresh, at)).toBe(text);
        expect(() => vault.open(fresh, at)).toThrow('is whole');
      }),
    );
  });

  it('refuses a value that stands elsewhere, is damaged or has an unknown key', () => {
    const sealed = vault.seal('text', place);
    expect(rewrap(both, sealed, { ...place, row: '8' })).toBeNull();
    expect(rewrap(both, 'nonsense', place)).toBeNull();
    expect(rewrap(ringOf(second), sealed, place)).toBeNull();
  });
});

it('gives different bytes for different texts, however they are cut', () => {
  const texts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(lengthPrefixed(one).equals(lengthPrefixed(other))).toBe(same);
    }),
  );
  expect(lengthPrefixed(['ab', 'c']).equals(lengthPrefixed(['a', 'bc']))).toBe(false);
});
