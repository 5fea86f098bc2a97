/** The master keys at hand: from a file in the data folder, or from the environment. */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { assert } from '#core/assert.ts';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { addKey, keyFileMark, readKeyFile } from './key-file.ts';
import { keyShape, weaknessOf } from './key-strength.ts';

export interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

export interface KeyRing {
  /** The key that seals; throws where the file that held it is gone or damaged. */
  current(): MasterKey;
  /** The key of this id, or null where there is none. */
  find(id: string): MasterKey | null;
  ids(): readonly string[];
}

export interface KeyRingOptions {
  /** `vault-keys.json` of the data folder. */
  readonly file: string;
  /** `id:64 hexadecimal digits`, joined by commas, the first seals; replaces the file. */
  readonly given: string | null;
  /** Whether the first key is made where there is no file. */
  readonly absent: 'make' | 'refuse';
  readonly nowMs: number;
}

/** Refuses keys that are missing, damaged, readable by others, given twice or easy to guess. */
export async function openKeyRing(options: KeyRingOptions): Promise<Result<KeyRing, Refusal>> {
  const { file, given, absent, nowMs } = options;
  if (given !== null) return givenRing(given);
  const kept = readKeyFile(file);
  if (!kept.ok) return kept;
  if (kept.value === null) {
    if (absent === 'refuse') return refuse(`There are no vault keys in ${file}.`);
    await addKey(file, [], nowMs);
  }
  return ok(fileRing(file));
}

function givenRing(given: string): Result<KeyRing, Refusal> {
  const keys = given.split(',').map((entry) => {
    const [id = '', key = '', ...rest] = entry.trim().split(':');
    return { id, key: key.toLowerCase(), isWhole: rest.length === 0 };
  });
  const isShaped = ({ id, key, isWhole }: (typeof keys)[number]) =>
    isWhole && keyShape.id.safeParse(id).success && keyShape.key.safeParse(key).success;
  if (!keys.every(isShaped)) {
    return refuse(
      'OFFING_VAULT_KEYS must be id:key pairs joined by commas, each key 64 hexadecimal digits; make one with: openssl rand -hex 32',
    );
  }
  const weakness = weaknessOf(keys);
  if (weakness) return refuse(`The keys of OFFING_VAULT_KEYS ${weakness}.`);
  const ring = keys.map(masterKey);
  return ok({
    current: () => ring[0]!,
    find: (id) => ring.find((key) => key.id === id) ?? null,
    ids: () => ring.map(({ id }) => id),
  });
}

/**
 * Follows the file: a rotation by another process counts from the next value that is sealed.
 *
 * Asking for the file's mark costs microseconds; not asking would let this process go on sealing
 * with a key that is about to be removed.
 */
function fileRing(file: string): KeyRing {
  let mark: string | null = null;
  let keys: readonly MasterKey[] = [];
  const follow = () => {
    const found = keyFileMark(file);
    if (found === mark) return;
    const read = readKeyFile(file);
    assert(read.ok && read.value !== null, 'the file of the vault keys is there and whole');
    keys = read.value.map(masterKey);
    mark = found;
  };
  const known = (id: string) => keys.find((key) => key.id === id) ?? null;
  return {
    current() {
      follow();
      return keys[0]!;
    },
    find(id) {
      const at = known(id);
      if (at) return at;
      follow();
      return known(id);
    },
    ids() {
      follow();
      return keys.map((key) => key.id);
    },
  };
}

const masterKey = ({ id, key }: { readonly id: string; readonly key: string }): MasterKey => ({
  id,
  key: createSecretKey(Buffer.from(key, 'hex')),
});
