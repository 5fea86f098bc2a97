/** Secrets that went through the server are nowhere to be found: not in logs, figures or tables. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from './authenticator.ts';
import { openCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { tablesHolding } from './holdings.ts';
import { freshEmail, openInstallation, type Installation } from './installation.ts';
import { sharedSecrets } from './another-server.ts';
import { codeOf, forgetCodes } from './scene.ts';
import { launch, removeFolder, temporaryFolder, type ServerProcess } from '../server-process.ts';
import { visitor, type Visitor } from './visitor.ts';

/** A server whose way to the database can be cut, and the installation whose database it is. */
let at: Installation;
let proxy: CuttingProxy;
let server: ServerProcess;
let folder: string;
let who: Visitor;
beforeAll(async () => {
  at = await openInstallation();
  proxy = await openCuttingProxy(at.databaseUrl);
  folder = await temporaryFolder();
  server = launch(folder, {
    DATABASE_URL: proxy.urlOf(at.databaseUrl),
    ...(await sharedSecrets(at)),
    OFFING_LOG_LEVEL: 'trace',
    OFFING_LIMITS: 'auth=100000/1000000,data=100000/1000000',
    OFFING_MAIL: 'smtp',
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtp://127.0.0.1:${at.mailbox.port}`,
  });
  who = visitor(await server.ready());
});
afterAll(async () => {
  await server.end();
  await proxy.close();
  await removeFolder(folder);
  await at.close();
});

/** How many calls were told that the database was gone. */
let cutOff = 0;
const canaries = new Map<string, string>();
/** Remembers a secret; of a token the part that is one. */
function keep(name: string, secret: string): string {
  canaries.set(name, /^(?:offing_)?[0-9a-f-]{36}\.(.+)$/.exec(secret)?.[1] ?? secret);
  return secret;
}
const keepSession = (name: string) => keep(name, who.cookies.get('offing')!);

const passwords = ['canary-harbour-wall-one', 'canary-harbour-wall-two', 'canary-harbour-wall-six'];
const value = 'canary-value-of-a-broker-key';

/** Every spelling under which a secret could lie about. */
function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const dashless = secret.replaceAll('-', '');
  const all = [secret, dashless, bytes.toString('hex')];
  // In the middle of something longer, base64 has three ways to begin.
  for (const lead of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64');
    const sure = text.slice(lead === 0 ? 0 : 4, Math.floor((bytes.length + lead) / 3) * 4);
    all.push(sure, sure.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...new Set(all)].filter((text) => text.length >= 8);
}

/** Looks while what stands for a secret is there: most of it is gone at the end. */
async function searchTables(): Promise<void> {
  const all = [...canaries.values()].flatMap(spellings);
  expect(await tablesHolding(at.sql, all)).toEqual([]);
}

/** Each call once more in a server that loses its database after so many packets. */
async function cutShort(path: string, input: object): Promise<void> {
  for (const packets of [3, 8, 14]) {
    proxy.arm(packets);
    const { status } = await who.copy().try('POST', path, input);
    if (proxy.disarm() && status === 503) cutOff++;
  }
  // Up again by itself: nobody need start it anew.
  while ((await who.copy().try('GET', 'auth.options')).failure !== null);
}

async function signUpAndConfirm(email: string): Promise<void> {
  const wish = { email, password: keep('password', passwords[0]!), displayName: 'A Canary' };
  await cutShort('auth.signUp', { ...wish, email: freshEmail() });
  await who.post('auth.signUp', wish);
  const token = keep('confirmation', await at.mailbox.token(email, /confirm your e-mail/i));
  await cutShort('auth.verifyEmail', { token, password: passwords[0] });
  await who.try('POST', 'auth.verifyEmail', { token, password: passwords[0] });
  await cutShort('auth.signIn', { email, password: passwords[0] });
  await who.post('auth.signIn', { email, password: passwords[0] });
  keepSession('first session');
}

async function guard(userId: string): Promise<string> {
  const { secret } = await who.post<{ secret: string }>('security.beginTotp');
  keep('app secret', secret);
  const code = { code: await codeOf(secret) };
  const wrong = { code: String((Number(code.code) + 1) % 1_000_000).padStart(6, '0') };
  await cutShort('security.confirmTotp', wrong);
  const on = await who.post<{ recoveryCodes: string[] }>('security.confirmTotp', code);
  on.recoveryCodes.forEach((text, index) => keep(`recovery code ${index}`, text));
  keepSession('session after the app');
  await forgetCodes(at, userId);
  return secret;
}

async function storeKeys(): Promise<void> {
  keep('stored secret', value);
  const secret = { kind: 'broker', name: 'a broker', value };
  await cutShort('security.putSecret', { ...secret, name: 'cut short' });
  await who.post('security.putSecret', secret);
  const wish = { name: 'a program', scopes: ['profile:read'], days: 1 };
  const { token } = await who.post<{ token: string }>('security.createToken', wish);
  keep('API token', token);
  const asked = await fetch(`${await server.ready()}/api/v1/profile`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(asked.status).toBe(200);
  const origin = await server.ready();
  const options = await who.post<never>('security.passkeyRegisterOptions');
  const response = authenticator().create(options, { origin });
  await who.post('security.addPasskey', { response, name: 'a key' });
}

async function changeAndReset(email: string): Promise<void> {
  const change = { current: passwords[0], password: keep('second password', passwords[1]!) };
  await cutShort('security.changePassword', { ...change, current: passwords[1] });
  await who.post('security.changePassword', change);
  keepSession('session after the password');
  await cutShort('auth.requestReset', { email });
  await who.post('auth.requestReset', { email });
  const token = keep('reset', await at.mailbox.token(email, /Choose a new password/));
  await searchTables();
  const reset = { token, password: keep('third password', passwords[2]!) };
  await cutShort('auth.resetPassword', reset);
  await who.try('POST', 'auth.resetPassword', reset);
}

async function enterByCode(email: string, secret: string): Promise<void> {
  const begun = await who.post('auth.signIn', { email, password: passwords[2] });
  const step = keep('step', (begun as { step: string }).step);
  const finish = { step, method: 'totp', code: await codeOf(secret) };
  await searchTables();
  await cutShort('auth.secondStep', { ...finish, method: 'recovery-code', code: 'AAAAAA' });
  await who.try('POST', 'auth.secondStep', finish);
}

/** Calls whose statements Postgres itself refuses, with what they carry. */
async function failInTheDatabase(email: string): Promise<void> {
  const change = { current: passwords[2], password: passwords[0] };
  for (const table of ['mails', 'users']) {
    await at.sql`alter table ${at.sql(table)} rename to elsewhere`;
    const failures = [
      await who.copy().try('POST', 'auth.signUp', { email: freshEmail('canary'), password: value }),
      await who.copy().try('POST', 'auth.requestReset', { email }),
      await who.copy().try('POST', 'security.changePassword', change),
    ];
    await at.sql`alter table elsewhere rename to ${at.sql(table)}`;
    expect(failures.map(({ failure }) => failure)).toEqual(Array(3).fill('server.failed'));
  }
}

test('no secret is in the log, the figures, the folder or any table, nor after failures in mid-call', async () => {
  const email = freshEmail('canary');
  await signUpAndConfirm(email);
  const me = await who.get<{ account: { userId: string } }>('auth.me');
  const secret = await guard(me.account.userId);
  await storeKeys();
  await changeAndReset(email);
  await enterByCode(email, secret);
  await failInTheDatabase(email);
  expect(canaries.size).toBeGreaterThan(20);

  const log = server.errors() + server.output();
  expect(cutOff).toBeGreaterThan(12);
  expect(log).toContain('a procedure failed');
  const figures = await (await fetch(`${await server.ready()}/metrics`)).text();
  expect(figures).toContain('auth.signIn');
  const files = await textsIn(join(folder, 'data'));
  const databaseLog = await textsIn(join(at.folder, 'data'), /\.log$/);
  expect(databaseLog).not.toBe('');
  const places = { log, figures, files, databaseLog };
  for (const [name, canary] of canaries) {
    for (const [place, text] of Object.entries(places)) {
      const found = spellings(canary).filter((spelling) => text.includes(spelling));
      expect(found, `${name} in ${place}`).toEqual([]);
    }
  }
  // Nor does the log name people, or hold what could be worked on at leisure.
  for (const text of ['canary1', 'canary2', '@offing.example', '$argon2id']) {
    expect(log.includes(text) || figures.includes(text) || databaseLog.includes(text), text).toBe(
      false,
    );
  }
  await searchTables();
  // The net has no hole: what is there in the open is found, in letters and in bytes.
  expect(await tablesHolding(at.sql, spellings('A Canary'))).toContain('public.users');
});

/** The files below a folder as text, byte for letter. */
async function textsIn(path: string, named = /./): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && named.test(entry.name));
  const texts = files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
