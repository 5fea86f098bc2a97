import { describe, expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { deviceKeys, isProofOfEnd, proofOfEnd } from './data-key.ts';
import { keyCipher } from './key-cipher.ts';

/** What an account has sealed must open for as long as the account lasts: this is never made anew. */
const userId = 'b8f0c4a2-0000-4000-8000-000000000001';
const keys = await deviceKeys(Uint8Array.from({ length: 32 }, (_, i) => i));
const cipher = keyCipher(keys, userId, { rowOf: () => undefined, learn: () => undefined });

describe('the format of what is sealed', () => {
  test('has names that stay the same', () => {
    expect(keys.keyId).toBe('ABO_5cU4DkhUWBTP');
    expect(cipher.idOf('notes', 'a')).toBe('srKOVrW1jzn6mSA0L9wCjqA');
    expect(cipher.cellOf('a', 'title')).toBe('sAza0fN2KkUCBR9rIn5y7Yg');
    expect(cipher.cellOf('a', '_del')).toBe('_del');
  });

  test('opens a value, with what it covers', async () => {
    const sealed = {
      collection: 'notes',
      row: 'srKOVrW1jzn6mSA0L9wCjqA',
      hlc: '0lmc2k5c0000000node0',
      cells: {
        sAza0fN2KkUCBR9rIn5y7Yg:
          '1.hbb61dYuNNBf9qKfzEQDDI_NIdV8ioznydpglyRdaQb8MrbA8YTQEw4BfUh35W-8vvAveVS0PG8kG_ytJvrL-AfY5oArVSKwjhi2U0oLN6CDjOlVYJrdnRI3T-c',
        _del: 0,
      },
      schemaVersion: 1,
    };
    expect(await cipher.openFragment(sealed)).toEqual({
      fragment: {
        ...sealed,
        row: 'a',
        cells: { title: 'Tide tables', _del: 0 },
        covers: ['text.x'],
      },
      packed: new Map(),
    });
  });

  test('opens a chunk', async () => {
    const sealed = fromBase64Url('liqddMqPpYZe2eDK0ZotnT4GZXm0ZHGTGUEgPK2Y0fRZQyY')!;
    const clear = await cipher.openChunk(sealed);
    expect(new TextDecoder().decode(clear!)).toBe('a chunk');
  });

  test('knows that encryption ended', async () => {
    const proof = await proofOfEnd(keys, userId, 3);
    expect(proof).toBe('9zGB5JTXqc8u6ICTnwVZ2sjaaTp9cQ5XWSaIJHUP7_4');
    expect(await isProofOfEnd(keys, proof, { userId, epoch: 3 })).toBe(true);
  });
});

test('base64url is that of Node, and nothing is read in two ways', () => {
  for (let length = 0; length < 100; length++) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    const text = toBase64Url(bytes);
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    expect(fromBase64Url(text)).toEqual(bytes);
  }
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'A/', ' AA', 'AAAAA']) {
    expect(fromBase64Url(text)).toBeNull();
  }
});
