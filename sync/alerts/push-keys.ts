/** The key pair that an account's pushes are signed with: made once, sealed, told to its browsers. */
import webPush from 'web-push';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { pushKeys } from '../schema/alerts.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';

export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Made where there is none; of two that ask at once both get the same. */
export async function pushKeysOf(
  queries: Queries,
  vault: Vault,
  { userId, nowMs }: { readonly userId: string; readonly nowMs: number },
): Promise<PushKeys> {
  const place = placeOf('pushKey', { userId });
  const rows = ownRows(queries, userId);
  const before = await rows.one(pushKeys);
  if (before) {
    return { publicKey: before.publicKey, privateKey: vault.open(before.sealedKey, place) };
  }
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const sealedKey = vault.seal(privateKey, place);
  await queries
    .insert(pushKeys)
    .values({ userId, publicKey, sealedKey, createdMs: nowMs })
    .onConflictDoNothing();
  const kept = await rows.one(pushKeys);
  return kept
    ? { publicKey: kept.publicKey, privateKey: vault.open(kept.sealedKey, place) }
    : { publicKey, privateKey };
}
