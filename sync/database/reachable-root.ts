/** A root-owned folder that every account can pass through, for what cannot stay in the project. */
import { chmod, lstat, mkdir } from 'node:fs/promises';
import { canEnter, type Account } from './account.ts';

const candidates = ['/var/lib/offing', '/var/tmp/offing'];

/** The first candidate that is root's alone to change and that the account can enter, or null. */
export async function reachableRoot(account: Account): Promise<string | null> {
  for (const path of candidates) {
    if ((await prepare(path)) && (await canEnter(account, path))) return path;
  }
  return null;
}

async function prepare(path: string): Promise<boolean> {
  try {
    const made = await mkdir(path).then(
      () => true,
      () => false,
    );
    if (made) await chmod(path, 0o711);
    const found = await lstat(path);
    return found.isDirectory() && found.uid === 0 && (found.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
