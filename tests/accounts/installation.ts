/** A whole server for tests of accounts: real process, real Postgres, real mail. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'otplib';
import postgres, { type Sql } from 'postgres';
import {
  clusterFolder,
  launch,
  removeFolder,
  temporaryFolder,
  type ServerProcess,
} from '../server-process.ts';
import { giveDatabase } from '../ready-database.ts';
import { openMailbox, type Mailbox } from './mailbox.ts';
import { visitor, type Visitor } from './visitor.ts';

export const password = 'a-long-quiet-harbour-wall';

export interface Installation {
  readonly folder: string;
  readonly address: string;
  readonly mailbox: Mailbox;
  /** The process of now: `restart` replaces it. */
  readonly server: ServerProcess;
  /** As the owner, who may look at everything; changes with each start. */
  readonly databaseUrl: string;
  readonly sql: Sql;
  visitor(headers?: Record<string, string>): Visitor;
  restart(settings?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

/** Limits so wide that tests of other things never meet them. */
export const wideLimits =
  'auth=100000/1000000,trading=100000/1000000,closing=100000/1000000,watching=100000/1000000,data=100000/1000000,replication=100000/1000000,operations=9999999/9999999,transfer=9999999/9999999';

export async function openInstallation(
  settings: Record<string, string> = {},
): Promise<Installation> {
  const folder = await temporaryFolder();
  if (!settings['DATABASE_URL']) await giveDatabase(join(folder, 'data'));
  const mailbox = await openMailbox();
  const base = {
    OFFING_LIMITS: wideLimits,
    OFFING_MAIL: 'smtp',
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    ...settings,
  };
  let server = launch(folder, base);
  let address = await server.ready();
  let databaseUrl = await urlOf(folder);
  let sql = openSql(databaseUrl);
  return {
    folder,
    mailbox,
    get address() {
      return address;
    },
    get server() {
      return server;
    },
    get databaseUrl() {
      return databaseUrl;
    },
    get sql() {
      return sql;
    },
    visitor: (headers) => visitor(address, headers ? { headers } : {}),
    async restart(changed = {}) {
      await sql.end();
      await server.end();
      server = launch(folder, { ...base, ...changed });
      address = await server.ready();
      databaseUrl = await urlOf(folder);
      sql = openSql(databaseUrl);
    },
    async close() {
      await sql.end();
      await server.end();
      await mailbox.close();
      await removeFolder(folder);
    },
  };
}

async function urlOf(folder: string): Promise<string> {
  const secret = (await readFile(join(folder, 'data', 'database-password'), 'utf8')).trim();
  const note = await readFile(join(await clusterFolder(folder), 'postmaster.pid'), 'utf8');
  const port = note.split('\n')[3];
  return `postgres://offing:${secret}@127.0.0.1:${port}/postgres`;
}

function openSql(url: string): Sql {
  return postgres(url, { max: 3, onnotice: () => undefined });
}

let made = 0;
export const freshEmail = (name = 'trader') => `${name}${++made}.${process.pid}@offing.example`;

/** Signs up without looking into the mail. */
export async function signedUp(at: Installation, email = freshEmail()) {
  const who = at.visitor();
  await who.post('auth.signUp', { email, password });
  return { who, email };
}

/** A trader who has confirmed the address and is signed in. */
export async function trader(at: Installation, email = freshEmail()) {
  const { who } = await signedUp(at, email);
  const token = await at.mailbox.token(email, /confirm/i);
  await who.post('auth.verifyEmail', { token, password });
  const me = await who.get<{ account: { userId: string } }>('auth.me');
  return { who, email, userId: me.account.userId };
}

/** Switches codes of an app on; `code` gives one that was not used before. */
export async function withTotp(who: Visitor) {
  const { secret } = await who.post<{ secret: string }>('security.beginTotp');
  let ahead = 0;
  const now = () => Math.floor(Date.now() / 1000);
  const code = async () => {
    // Each code works once, so the next step's is taken, as far as the tolerance goes.
    const epoch = now() + 30 * ahead;
    return generate({ secret, epoch });
  };
  const { recoveryCodes } = await who.post<{ recoveryCodes: string[] }>('security.confirmTotp', {
    code: await code(),
  });
  ahead = 0;
  return { secret, recoveryCodes };
}
