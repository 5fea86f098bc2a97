/** The server's file that a test starts: bundled as delivered, and from the sources of this moment. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '..', '.cache');
const setting = 'OFFING_TEST_SERVER';

/** Bundled for this run of Vitest, or else by the build that went before. */
export function serverEntry(): string {
  return process.env[setting] ?? join(cache, 'server', 'main.mjs');
}

/** Another run at the same time has a folder of its own. */
export default async function bundleForThisRun(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(cache, 'server-'));
  // Only here: those who ask for the file alone need no bundler.
  const { bundleServer } = await import('../sync/bundle-server.ts');
  process.env[setting] = await bundleServer(folder);
  return () => rm(folder, { recursive: true, force: true });
}
