/**
 * Seals secrets that the server must be able to read again.
 *
 * A sealed value is a text of four parts joined by dots:
 *
 *     <id of the master key>.1.<wrapped data key>.<sealed value>
 *
 * Each value has a random 256-bit data key of its own; the value is sealed by it and it by the
 * master key, both as `aes-gcm.ts` says, in base64url. Both are bound to the format, the
 * tenant, table, row and column, and the data key to the master key's id as well: a value that is
 * moved to another place does not open. Changing the master key rewrites the third part alone.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { assert } from '#core/assert.ts';
import { bytesOf, openBytes, sealBytes } from './aes-gcm.ts';
import type { KeyRing, MasterKey } from './key-ring.ts';
import { lengthPrefixed } from './length-prefixed.ts';

/** Where a value stands in the database; `placeOf` gives it for each sealed column. */
export interface Place {
  readonly tenant: string;
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

export interface Vault {
  /** The sealed text; another one each time. */
  seal(text: string, place: Place): string;
  /** Throws where the value was changed, moved, or sealed by a key that is not there: a damaged database. */
  open(sealed: string, place: Place): string;
}

export function createVault(ring: KeyRing): Vault {
  return {
    seal(text, place) {
      const dataKey = randomBytes(32);
      const value = sealBytes(createSecretKey(dataKey), Buffer.from(text, 'utf8'), bound(place));
      return [...wrap(ring.current(), dataKey, place), value.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const envelope = readEnvelope(sealed);
      const dataKey = envelope && unwrap(ring, envelope, place);
      const clear = dataKey && openBytes(createSecretKey(dataKey), envelope.value, bound(place));
      assert(clear !== null, `what is sealed in ${place.table}.${place.column} is whole`);
      return clear.toString('utf8');
    },
  };
}

/** The same value under the current master key, or null where its data key does not open. */
export function rewrap(ring: KeyRing, sealed: string, place: Place): string | null {
  const envelope = readEnvelope(sealed);
  const dataKey = envelope && unwrap(ring, envelope, place);
  if (!dataKey) return null;
  return [...wrap(ring.current(), dataKey, place), envelope.value.toString('base64url')].join('.');
}

interface Envelope {
  readonly keyId: string;
  readonly wrapped: Buffer;
  readonly value: Buffer;
}

const format = '1';

function readEnvelope(sealed: string): Envelope | null {
  const [keyId, found, wrappedText, valueText, ...rest] = sealed.split('.');
  const wrapped = bytesOf(wrappedText ?? '');
  const value = bytesOf(valueText ?? '');
  if (!keyId || found !== format || !wrapped || !value || rest.length > 0) return null;
  return { keyId, wrapped, value };
}

function wrap(master: MasterKey, dataKey: Buffer, place: Place): readonly string[] {
  const wrapped = sealBytes(master.key, dataKey, bound(place, master.id));
  return [master.id, format, wrapped.toString('base64url')];
}

function unwrap(ring: KeyRing, envelope: Envelope, place: Place): Buffer | null {
  const key: KeyObject | undefined = ring.find(envelope.keyId)?.key;
  return key ? openBytes(key, envelope.wrapped, bound(place, envelope.keyId)) : null;
}

function bound({ tenant, table, row, column }: Place, ...more: readonly string[]): Buffer {
  return lengthPrefixed([`offing.vault.${format}`, tenant, table, row, column, ...more]);
}
