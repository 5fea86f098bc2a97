/** Finds the account that a terminal names, before anybody knows whose terminal it is. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries } from '../database/queries.ts';
import { tradingAccounts } from '../schema/trading.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import type { PairedAccount } from './introduction.ts';

const exchangeKeys = z.object({ token: z.string(), apiKey: z.string(), secret: z.string() });

/** With its token in clear: for the handshake alone. */
export async function findPaired(
  queries: Queries,
  vault: Vault,
  accountId: string,
): Promise<PairedAccount | null> {
  const [row] = await queries
    .select({
      userId: tradingAccounts.userId,
      kind: tradingAccounts.kind,
      state: tradingAccounts.state,
      pairUntilMs: tradingAccounts.pairUntilMs,
      sealedToken: tradingAccounts.sealedToken,
    })
    .from(tradingAccounts)
    .where(eq(tradingAccounts.accountId, accountId));
  if (!row) return null;
  const { sealedToken, ...account } = row;
  const secret = vault.open(
    sealedToken,
    placeOf('tradingToken', { userId: row.userId, row: accountId }),
  );
  const isJson = secret.startsWith('{');
  const token = isJson ? exchangeKeys.parse(JSON.parse(secret)).token : secret;
  return { ...account, accountId, token };
}
