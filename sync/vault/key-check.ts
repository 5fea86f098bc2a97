/** Whether the keys at hand are the ones that the database was sealed with. */
import { ok, type Result } from '#core/result.ts';
import type { Queries } from '../database/queries.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { KeyRing } from './key-ring.ts';
import { valuesByKey } from './rewrap.ts';

/** Refuses where the database names a key that is not at hand: a backup was put back in part. */
export async function checkKeys(database: Queries, ring: KeyRing): Promise<Result<void, Refusal>> {
  const values = await valuesByKey(database);
  const missing = [...values].filter(([id]) => ring.find(id) === null);
  if (missing.length === 0) return ok(undefined);
  const count = missing.reduce((sum, [, own]) => sum + own, 0);
  const ids = missing.map(([id]) => id).join(', ');
  return refuse(
    `The database holds values (${count}) sealed by vault keys that are not here (${ids}): put the keys back that belong to this database.`,
  );
}
