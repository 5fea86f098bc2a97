/** A second server process over the database of an installation, as behind a balancer. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { launch, removeFolder, temporaryFolder } from '../server-process.ts';
import { wideLimits, type Installation } from './installation.ts';
import { visitor, type Visitor } from './visitor.ts';

export interface AnotherServer {
  readonly address: string;
  /** The same cookies at the other process. */
  carrying(who: Visitor): Visitor;
  /** Ends it as a machine that goes out does. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const keysShape = z.object({ keys: z.array(z.object({ id: z.string(), key: z.string() })) });

/** What two processes of one installation must share, as their environment says it. */
export async function sharedSecrets({ folder }: Installation) {
  const data = join(folder, 'data');
  const keys = keysShape.parse(JSON.parse(await readFile(join(data, 'vault-keys.json'), 'utf8')));
  return {
    OFFING_SECRET: (await readFile(join(data, 'server-secret'), 'utf8')).trim(),
    OFFING_VAULT_KEYS: keys.keys.map(({ id, key }) => `${id}:${key}`).join(','),
  };
}

export async function openAnotherServer(
  at: Installation,
  settings: Record<string, string> = {},
): Promise<AnotherServer> {
  const folder = await temporaryFolder();
  const server = launch(folder, {
    DATABASE_URL: at.databaseUrl,
    ...(await sharedSecrets(at)),
    OFFING_LIMITS: wideLimits,
    OFFING_MAIL: 'smtp',
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtp://127.0.0.1:${at.mailbox.port}`,
    ...settings,
  });
  const address = await server.ready();
  return {
    address,
    carrying: ({ cookies }) => visitor(address, { cookies: new Map(cookies) }),
    async kill() {
      await server.end('SIGKILL');
    },
    async close() {
      await server.end();
      await removeFolder(folder);
    },
  };
}
