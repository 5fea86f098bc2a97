import { hashRaw } from '@node-rs/argon2';
import { argon2id } from '@noble/hashes/argon2.js';
import { describe, expect, test } from 'vitest';
import { passphraseCost, readEnvelope } from '#core/sync/key-envelope.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import {
  deviceKeys,
  isProofOfEnd,
  makeDataKey,
  openEnvelope,
  proofOfEnd,
  rewrapped,
} from './data-key.ts';
import { cheapStretch } from './made-account.ts';

const userId = 'b8f0c4a2-0000-4000-8000-000000000001';
const passphrase = 'a quiet harbour wall';
const made = await makeDataKey(userId, passphrase, cheapStretch);
const byPassphrase = { slot: 'passphrase', text: passphrase } as const;
const byCode = { slot: 'recovery', text: made.recoveryCode } as const;
const open = (
  envelope = made.envelope,
  secret: typeof byPassphrase | typeof byCode = byPassphrase,
) => openEnvelope(envelope, userId, secret, cheapStretch);

describe('an envelope', () => {
  test('is of the format that is written down', () => {
    expect(readEnvelope(JSON.parse(JSON.stringify(made.envelope)))).toEqual(made.envelope);
  });

  test('opens by the passphrase and by the recovery code, to the same key', async () => {
    expect(await open()).toEqual(made.dataKey);
    expect(await open(made.envelope, byCode)).toEqual(made.dataKey);
    const typed = { slot: 'recovery', text: made.recoveryCode.toLowerCase() } as const;
    expect(await openEnvelope(made.envelope, userId, typed, cheapStretch)).toEqual(made.dataKey);
  });

  test('does not open by another passphrase, for another account, in the other place', async () => {
    const other = { slot: 'passphrase', text: `${passphrase}.` } as const;
    expect(await openEnvelope(made.envelope, userId, other, cheapStretch)).toBeNull();
    const stranger = userId.replace('b8', 'c8');
    expect(await openEnvelope(made.envelope, stranger, byPassphrase, cheapStretch)).toBeNull();
    const { passphrase: first, recovery } = made.envelope;
    expect(await open({ ...made.envelope, passphrase: recovery, recovery: first })).toBeNull();
    const nonsense = { slot: 'recovery', text: 'no code' } as const;
    expect(await openEnvelope(made.envelope, userId, nonsense, cheapStretch)).toBeNull();
  });

  test('does not open once any byte of it was changed', async () => {
    const wrapped = fromBase64Url(made.envelope.passphrase.wrapped)!;
    for (let at = 0; at < wrapped.length; at++) {
      const changed = wrapped.slice();
      changed[at]! ^= 1;
      const slot = { ...made.envelope.passphrase, wrapped: toBase64Url(changed) };
      expect(await open({ ...made.envelope, passphrase: slot })).toBeNull();
    }
  });

  test('takes another passphrase and keeps the key, the code and the name of the key', async () => {
    const secret = { slot: 'passphrase', text: 'another harbour altogether' } as const;
    const given = { dataKey: made.dataKey, userId, secret };
    const changed = await rewrapped(made.envelope, given, cheapStretch);
    expect(await openEnvelope(changed, userId, secret, cheapStretch)).toEqual(made.dataKey);
    expect(await open(changed)).toBeNull();
    expect(await open(changed, byCode)).toEqual(made.dataKey);
    expect(changed.keyId).toBe(made.envelope.keyId);
  });
});

test('the passphrase is stretched as Argon2id does everywhere', async () => {
  const salt = Buffer.alloc(16, 7);
  // A mebibyte is enough to tell whether both mean the same.
  const cost = { ...passphraseCost, m: 1_024 };
  const theirs = await hashRaw(passphrase, {
    salt,
    memoryCost: cost.m,
    timeCost: cost.t,
    parallelism: cost.p,
    outputLen: cost.dkLen,
    version: 1,
    algorithm: 2,
  });
  expect(Buffer.from(argon2id(passphrase, salt, cost))).toEqual(theirs);
});

test('what a device keeps of the key can be used and not be taken out', async () => {
  const keys = await deviceKeys(made.dataKey);
  expect(keys.keyId).toBe(made.envelope.keyId);
  for (const key of [keys.values, keys.chunks, keys.proof]) {
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  }
  // Names are made of bytes that lead to none of the other keys.
  expect(keys.names).not.toEqual(made.dataKey);
});

test('only who has the key can say that encryption ended, and for one moment alone', async () => {
  const keys = await deviceKeys(made.dataKey);
  const other = await deviceKeys((await makeDataKey(userId, passphrase, cheapStretch)).dataKey);
  const proof = await proofOfEnd(keys, userId, 3);
  expect(await isProofOfEnd(keys, proof, { userId, epoch: 3 })).toBe(true);
  expect(await isProofOfEnd(keys, proof, { userId, epoch: 5 })).toBe(false);
  expect(await isProofOfEnd(keys, proof, { userId: 'another', epoch: 3 })).toBe(false);
  expect(await isProofOfEnd(other, proof, { userId, epoch: 3 })).toBe(false);
  expect(await isProofOfEnd(keys, 'no proof', { userId, epoch: 3 })).toBe(false);
});
