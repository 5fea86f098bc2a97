/** A server, people with accounts on it, and their mails: what most tests of accounts begin with. */
import { generate } from 'otplib';
import { openInside, type Inside } from './inside.ts';
import { openInstallation, type Installation } from './installation.ts';
import { sharedSecrets } from './another-server.ts';
import { keptMail, openLetters, type Letters } from './letters.ts';
import { openPeople, type People } from './people.ts';

export interface Scene {
  readonly at: Installation;
  readonly people: People;
  readonly letters: Letters;
  /** The server's parts over the same database and keys, with a clock to be set. */
  inside(): Promise<Inside>;
  close(): Promise<void>;
}

export async function openScene(settings: Record<string, string> = {}): Promise<Scene> {
  const at = await openInstallation({ ...keptMail, ...settings });
  const people = await openPeople(at);
  const letters = await openLetters(at);
  return {
    at,
    people,
    letters,
    async inside() {
      const { OFFING_SECRET: secret, OFFING_VAULT_KEYS: vaultKeys } = await sharedSecrets(at);
      return openInside({ url: at.databaseUrl, secret, vaultKeys });
    },
    async close() {
      await Promise.all([people.close(), letters.close()]);
      await at.close();
    },
  };
}

/** What the app shows `steps` later than now. */
export async function codeOf(secret: string, steps = 0, nowMs = Date.now()): Promise<string> {
  return generate({ secret, epoch: Math.floor(nowMs / 1000) + 30 * steps });
}

/** Lets codes count again that were used, since a test does not wait half a minute. */
export async function forgetCodes({ sql }: Installation, userId: string): Promise<void> {
  await sql`update totp_factors set last_step = 0 where user_id = ${userId}`;
}
