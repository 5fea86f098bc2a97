/** Secrets the server makes for itself at its first start and keeps, readable by it alone. */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { readIfPresent, writeDurably } from './durable-file.ts';

/**
 * The secret in the file, 64 hexadecimal digits from 32 random bytes; made when absent.
 *
 * Refuses a file that others can read, or one that is cut short: either may be in other hands
 * or be guessed, and a new one would silently orphan what the old one protects.
 */
export async function keptSecret(path: string): Promise<Result<string, Refusal>> {
  const kept = await readIfPresent(path);
  if (kept === null) {
    const fresh = randomBytes(32).toString('hex');
    await writeDurably(path, `${fresh}\n`);
    return ok(fresh);
  }
  const secret = kept.trim();
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    return refuse(`The secret in ${path} is damaged; put it back from a backup.`);
  }
  const readableByOthers = ((await stat(path)).mode & 0o077) !== 0;
  if (process.platform !== 'win32' && readableByOthers) {
    return refuse(`The secret in ${path} can be read by other users; run: chmod 600 ${path}`);
  }
  return ok(secret);
}
