/** The mails of an account as its server keeps them, readable the moment the call has answered. */
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { connect } from '../../sync/database/connection.ts';
import { compose } from '../../sync/mail/compose.ts';
import type { TemplateName } from '../../sync/mail/templates/registry.ts';
import { mails } from '../../sync/schema/mails.ts';
import { openKeyRing } from '../../sync/vault/key-ring.ts';
import { createVault, type Vault } from '../../sync/vault/vault.ts';
import type { Installation } from './installation.ts';

/** To be given to `openInstallation`: the content of a mail is kept after it was sent. */
export const keptMail = { OFFING_MAIL: 'console' };

export interface Letter {
  readonly template: string;
  readonly to: string;
  readonly text: string;
}

export interface Letters {
  /** Oldest first. */
  of(userId: string): Promise<readonly Letter[]>;
  templates(userId: string): Promise<readonly string[]>;
  /** What the link in the newest such mail ends in. */
  token(userId: string, template: TemplateName): Promise<string>;
  close(): Promise<void>;
}

export function lettersIn(database: PostgresJsDatabase, vault: Vault): Omit<Letters, 'close'> {
  async function of(userId: string): Promise<readonly Letter[]> {
    const rows = await database
      .select()
      .from(mails)
      .where(eq(mails.userId, userId))
      .orderBy(asc(mails.createdMs));
    return rows.map((row) => {
      const mail = compose(vault, row, 'http://localhost');
      return { template: row.template, to: mail?.to ?? '', text: mail?.text ?? '' };
    });
  }
  return {
    of,
    templates: async (userId) => (await of(userId)).map(({ template }) => template),
    async token(userId, template) {
      const letter = (await of(userId)).findLast((one) => one.template === template);
      const token = /#([0-9a-f-]{36}\.[A-Za-z0-9_-]{43})/.exec(letter?.text ?? '')?.[1];
      if (!token) throw new Error(`There is no link in ${template}.`);
      return token;
    },
  };
}

export async function openLetters(at: Installation): Promise<Letters> {
  const file = join(at.folder, 'data', 'vault-keys.json');
  const ring = await openKeyRing({ file, given: null, absent: 'refuse', nowMs: 0 });
  if (!ring.ok) throw new Error(ring.error.sentence);
  const { database, close } = connect(at.databaseUrl, { name: 'test', most: 2 });
  return { ...lettersIn(database, createVault(ring.value)), close };
}

/** The account behind an address. */
export async function userIdOf(at: Installation, email: string): Promise<string> {
  const [row] = await at.sql<{ user_id: string }[]>`
    select user_id from email_directory where email = ${email.toLowerCase()}`;
  if (!row) throw new Error(`Nobody has ${email}.`);
  return row.user_id;
}
