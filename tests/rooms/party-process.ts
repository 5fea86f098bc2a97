/**
 * PartyKit's own development server over our room, as a process of its own, for tests.
 *
 * It listens on every address of the machine: the secret of each start is what keeps others out.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = join(import.meta.dirname, '..', '..');

export interface PartyProcess {
  readonly origin: string;
  end(): Promise<void>;
}

/** Fails with what it printed where it does not start. */
export async function startParty(settings: {
  readonly secret: string;
  readonly publicUrl: string;
}): Promise<PartyProcess> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(root, 'node_modules/partykit/dist/bin.mjs'),
      ...['dev', '--config', 'sync/rooms/partykit.json', '--port', `${port}`],
      ...['--no-hotkeys', '--persist', 'false', '--disable-request-cf-fetch'],
      ...['--var', `OFFING_ROOMS_SECRET=${settings.secret}`],
      `OFFING_PUBLIC_URL=${settings.publicUrl}`,
    ],
    { cwd: root, env: { PATH: process.env['PATH'] ?? '', CI: '1' } },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let isEnded = false;
  const exited = once(child, 'exit').then(() => {
    isEnded = true;
  });
  while (!output.includes('Ready on')) {
    if (isEnded) throw new Error(`PartyKit did not start: ${output}`);
    await wait(50);
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    async end() {
      if (!isEnded) child.kill('SIGTERM');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
