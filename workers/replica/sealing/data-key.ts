/**
 * The data key of an encrypted account: made, wrapped and unwrapped, and what is derived from it.
 *
 * The key itself is in memory only while it is wrapped or unwrapped. What a device keeps are keys
 * derived from it by HKDF-SHA-256: those that open values and chunks cannot be taken out of the
 * browser's key store; the one that makes names is bytes, since names are made in passing.
 */
import {
  boundToSlot,
  envelopeFormat,
  readRecoveryCode,
  RECOVERY_BYTES,
  recoveryCodeOf,
  type KeyEnvelope,
  type Slot,
  type WrappedKey,
} from '#core/sync/key-envelope.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a device keeps of the data key. */
export interface DeviceKeys {
  readonly keyId: string;
  readonly values: CryptoKey;
  readonly chunks: CryptoKey;
  readonly names: Uint8Array;
  /** Proves towards the other devices that encryption was switched off by who had the key. */
  readonly proof: CryptoKey;
}

/** What opens an envelope. */
export type Secret =
  | { readonly slot: 'passphrase'; readonly text: string }
  | { readonly slot: 'recovery'; readonly text: string };

/** What makes a passphrase dear to guess: `stretch.ts`, or in a test one that costs less. */
export type Stretch = (passphrase: string, salt: Uint8Array) => Uint8Array;

const utf8 = new TextEncoder();

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A new data key, the envelope that keeps it, and the recovery code, which nothing else keeps. */
export async function makeDataKey(
  userId: string,
  passphrase: string,
  stretched: Stretch,
): Promise<{
  readonly dataKey: Bytes;
  readonly envelope: KeyEnvelope;
  readonly recoveryCode: string;
}> {
  const dataKey = randomBytes(32);
  const recoveryCode = recoveryCodeOf(randomBytes(RECOVERY_BYTES));
  const wrap = (secret: Secret) => wrapKey(dataKey, userId, secret, stretched);
  const envelope: KeyEnvelope = {
    format: envelopeFormat,
    keyId: await keyIdOf(dataKey),
    passphrase: await wrap({ slot: 'passphrase', text: passphrase }),
    recovery: await wrap({ slot: 'recovery', text: recoveryCode }),
  };
  return { dataKey, envelope, recoveryCode };
}

/** The envelope with another passphrase or recovery code; the data key stays. */
export async function rewrapped(
  envelope: KeyEnvelope,
  given: { readonly dataKey: Bytes; readonly userId: string; readonly secret: Secret },
  stretched: Stretch,
): Promise<KeyEnvelope> {
  const { dataKey, userId, secret } = given;
  return { ...envelope, [secret.slot]: await wrapKey(dataKey, userId, secret, stretched) };
}

/** The data key; null for a wrong passphrase or code, and for an envelope of another account. */
export async function openEnvelope(
  envelope: KeyEnvelope,
  userId: string,
  secret: Secret,
  stretched: Stretch,
): Promise<Bytes | null> {
  const { salt, wrapped } = envelope[secret.slot];
  const saltBytes = fromBase64Url(salt);
  const sealed = fromBase64Url(wrapped);
  if (!saltBytes || !sealed) return null;
  const key = await wrappingKey(secret, saltBytes, stretched);
  return key && openBytes(key, sealed, boundToSlot(secret.slot, userId));
}

async function wrapKey(
  dataKey: Bytes,
  userId: string,
  secret: Secret,
  stretched: Stretch,
): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const key = await wrappingKey(secret, salt, stretched);
  if (!key) throw new Error('Broken promise: what wraps a key is a recovery code or a passphrase');
  const wrapped = await sealBytes(key, dataKey, boundToSlot(secret.slot, userId));
  return { salt: toBase64Url(salt), wrapped: toBase64Url(wrapped) };
}

async function wrappingKey(
  { slot, text }: Secret,
  salt: Bytes,
  stretched: Stretch,
): Promise<CryptoKey | null> {
  if (slot === 'passphrase') return aesKey(Uint8Array.from(stretched(text, salt)));
  const code = readRecoveryCode(text);
  if (!code) return null;
  const bits = await derive(await hkdfKey(Uint8Array.from(code)), infoOf('recovery'), 256, salt);
  return aesKey(bits);
}

/** What this device keeps of the key. */
export async function deviceKeys(dataKey: Bytes): Promise<DeviceKeys> {
  const hkdf = await hkdfKey(dataKey);
  const proof = await derive(hkdf, infoOf('proof'), 256);
  return {
    keyId: await keyIdOf(dataKey),
    values: await aesKey(await derive(hkdf, infoOf('values'), 256)),
    chunks: await aesKey(await derive(hkdf, infoOf('chunks'), 256)),
    names: await derive(hkdf, infoOf('names'), 256),
    proof: await crypto.subtle.importKey('raw', proof, hmac, false, ['sign', 'verify']),
  };
}

const hmac = { name: 'HMAC', hash: 'SHA-256' } as const;
const infoOf = (use: Slot | 'values' | 'chunks' | 'names' | 'proof' | 'id') =>
  `${envelopeFormat} ${use}`;

async function keyIdOf(dataKey: Bytes): Promise<string> {
  return toBase64Url(await derive(await hkdfKey(dataKey), infoOf('id'), 96));
}

function hkdfKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
}

async function derive(key: CryptoKey, info: string, bits: number, salt?: Bytes): Promise<Bytes> {
  const how = {
    name: 'HKDF',
    hash: 'SHA-256',
    salt: salt ?? new Uint8Array(),
    info: utf8.encode(info),
  };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, bits));
}

function aesKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

const NONCE_BYTES = 12;

/** 12 random bytes, the ciphertext and its tag. */
export async function sealBytes(key: CryptoKey, clear: Bytes, bound: string): Promise<Bytes> {
  const iv = randomBytes(NONCE_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: utf8.encode(bound) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(how, key, clear));
  const out = new Uint8Array(NONCE_BYTES + sealed.length);
  out.set(iv);
  out.set(sealed, NONCE_BYTES);
  return out;
}

/** What was sealed; null where the key, the bytes or what they are bound to is another. */
export async function openBytes(
  key: CryptoKey,
  sealed: Bytes,
  bound: string,
): Promise<Bytes | null> {
  if (sealed.length < NONCE_BYTES + 16) return null;
  const iv = sealed.subarray(0, NONCE_BYTES);
  const how = { name: 'AES-GCM', iv, additionalData: utf8.encode(bound) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.subarray(NONCE_BYTES)));
  } catch (error) {
    // What does not open is told apart from a browser that cannot.
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

/** Says, to who has the key, that encryption of this epoch was ended by who had it. */
export async function proofOfEnd(keys: DeviceKeys, userId: string, epoch: number): Promise<string> {
  const text = utf8.encode(endText(userId, epoch));
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', keys.proof, text)));
}

export async function isProofOfEnd(
  keys: DeviceKeys,
  proof: string,
  given: { readonly userId: string; readonly epoch: number },
): Promise<boolean> {
  const bytes = fromBase64Url(proof);
  const text = utf8.encode(endText(given.userId, given.epoch));
  return bytes !== null && crypto.subtle.verify('HMAC', keys.proof, bytes, text);
}

function endText(userId: string, epoch: number): string {
  return JSON.stringify(['offing.encryption-ended.v1', userId, epoch]);
}
