/**
 * `vault-keys.json` in the data folder: the master keys, readable by their owner alone.
 *
 *     { "version": 1, "keys": [{ "id", "key", "createdMs", "retiredMs" }, …] }
 *
 * `key` is 64 hexadecimal digits. The first key seals and has `retiredMs: null`; the others
 * only open what they sealed, since they were replaced at `retiredMs`.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import { errorCode, writeDurably } from '../data/durable-file.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { keyShape, weaknessOf } from './key-strength.ts';

const entryShape = z.strictObject({
  ...keyShape,
  createdMs: z.int().nonnegative(),
  retiredMs: z.int().nonnegative().nullable(),
});
const fileShape = z
  .strictObject({ version: z.literal(1), keys: z.array(entryShape).min(1) })
  .refine(({ keys }) => weaknessOf(keys) === null)
  .refine(({ keys }) => keys.every(({ retiredMs }, at) => (retiredMs === null) === (at === 0)));

export type KeptKey = z.infer<typeof entryShape>;

/**
 * The keys, newest first, or null where there is no file.
 *
 * Refuses a file that others can read, or a damaged one: a new key would silently orphan what
 * the old one sealed. Reads without a pause, since sealing and opening do not pause either.
 */
export function readKeyFile(path: string): Result<readonly KeptKey[] | null, Refusal> {
  let text: string;
  let mode: number;
  try {
    text = readFileSync(path, 'utf8');
    ({ mode } = statSync(path));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ok(null);
    return refuse(`The vault keys in ${path} cannot be read (${errorCode(error)}).`);
  }
  const parsed = fileShape.safeParse(parseJson(text));
  if (!parsed.success) {
    return refuse(`The vault keys in ${path} are damaged; put the file back from a backup.`);
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    return refuse(`The vault keys in ${path} can be read by other users; run: chmod 600 ${path}`);
  }
  return ok(parsed.data.keys);
}

/** A file of its own kind each time it is written, so that a change is noticed; empty when absent. */
export function keyFileMark(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.ino} ${found.mtimeNs} ${found.size}` : '';
}

/** Adds a key that seals from now on; the others are retired now. */
export async function addKey(
  path: string,
  keys: readonly KeptKey[],
  nowMs: number,
): Promise<KeptKey> {
  const fresh = freshKey(nowMs);
  const retired = keys.map((kept) => ({ ...kept, retiredMs: kept.retiredMs ?? nowMs }));
  await write(path, [fresh, ...retired]);
  return fresh;
}

/** Forgets keys for good; the one that seals is never among them. */
export async function removeKeys(
  path: string,
  keys: readonly KeptKey[],
  ids: readonly string[],
): Promise<void> {
  await write(
    path,
    keys.filter(({ id, retiredMs }) => retiredMs === null || !ids.includes(id)),
  );
}

function freshKey(nowMs: number): KeptKey {
  const id = randomBytes(4).toString('hex');
  return { id, key: randomBytes(32).toString('hex'), createdMs: nowMs, retiredMs: null };
}

async function write(path: string, keys: readonly KeptKey[]): Promise<void> {
  await writeDurably(path, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
