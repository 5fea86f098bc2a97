/** Where a database keeps what this device knows of an encrypted account's key, and how it forgets it. */
import type { Database } from './database.ts';

/** In `replicaMeta`; see `KeyRecord` in `workers/replica/sealing/open-sealer.ts`. */
export const sealingKeysKey = 'sealingKeys';

/** After this the passphrase is needed again; that the account is encrypted is remembered. */
export async function lockKeys({ replicaMeta }: Database): Promise<void> {
  await replicaMeta
    .where('key')
    .equals(sealingKeysKey)
    .modify((row: { value: unknown }) => {
      if (typeof row.value === 'object') row.value = { ...row.value, keys: null };
    });
}
