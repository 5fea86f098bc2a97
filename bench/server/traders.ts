/** Accounts to measure with: written straight into the database, all with one password. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAuditTrail } from '../../sync/audit/audit-trail.ts';
import { claimEmail } from '../../sync/auth/directory.ts';
import { makeDeviceMark } from '../../sync/auth/known-device.ts';
import { createPasswords } from '../../sync/auth/passwords.ts';
import { createSession } from '../../sync/auth/sessions.ts';
import { connect } from '../../sync/database/connection.ts';
import { ownRows } from '../../sync/database/own-rows.ts';
import { users, userSettings } from '../../sync/schema/users.ts';
import { openKeyRing } from '../../sync/vault/key-ring.ts';
import { createVault } from '../../sync/vault/vault.ts';
import type { MeasuredServer } from './measured-server.ts';

export const password = 'a-long-quiet-harbour-wall';

export interface Trader {
  readonly userId: string;
  readonly email: string;
  /** Carries a session. */
  readonly sessionCookie: string;
  /** Shows that the device has been signed in before. */
  readonly deviceCookie: string;
}

/** The same accounts at every run: only their tokens differ. */
export async function makeTraders(server: MeasuredServer, count: number): Promise<Trader[]> {
  const { dataFolder, databaseUrl } = server;
  const file = join(dataFolder, 'vault-keys.json');
  const ring = await openKeyRing({ file, given: null, absent: 'refuse', nowMs: Date.now() });
  if (!ring.ok) throw new Error(ring.error.sentence);
  const audit = createAuditTrail({ vault: createVault(ring.value) });
  const secret = (await readFile(join(dataFolder, 'server-secret'), 'utf8')).trim();
  const passwordHash = await createPasswords().hash(password);
  if (!passwordHash.ok) throw new Error(passwordHash.error.detail);
  const { database, close } = connect(databaseUrl, { name: 'bench', most: 4 });
  const nowMs = Date.now();

  async function make(index: number): Promise<Trader> {
    const userId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const email = `trader${index}@offing.example`;
    return database.transaction(async (queries) => {
      const rows = ownRows(queries, userId);
      await claimEmail(queries, email, userId);
      await rows.add(users, {
        email,
        passwordHash: (passwordHash as { value: string }).value,
        displayName: `Trader ${index}`,
        ...{ passwordChangedMs: nowMs, createdMs: nowMs, emailVerifiedMs: nowMs - 1 },
      });
      await rows.add(userSettings, {
        key: 'preferences',
        value: { theme: 'dark', timezone: 'Europe/Zurich', index },
        changedMs: nowMs,
      });
      await audit.open(queries, userId);
      const token = await createSession(queries, () => Promise.resolve(null), {
        ...{ userId, method: 'password', nowMs },
        visitor: { address: '127.0.0.1', userAgent: 'bench' },
      });
      return {
        ...{ userId, email },
        sessionCookie: `offing=${token.text}`,
        deviceCookie: `offing-device=${makeDeviceMark(secret, userId)}`,
      };
    });
  }

  try {
    return await Promise.all(Array.from({ length: count }, (_, index) => make(index)));
  } finally {
    await close();
  }
}
