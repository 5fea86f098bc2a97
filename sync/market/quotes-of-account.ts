/** The latest prices of a trading account, as its connector last said them. */
import type { MarketQuote } from '#core/market/market-views.ts';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { readAccount } from '../terminals/account-row.ts';
import { withoutAccount, type TraderContext } from '../terminals/trader-context.ts';

/** A price that did not move for so long may be another by now. */
const staleMs = 60_000;

export async function quotesOfAccount(
  { services, userId, nowMs }: TraderContext,
  accountId: string,
  symbols: readonly string[],
): Promise<Result<readonly MarketQuote[], Failure>> {
  const row = await readAccount(services.database, userId, accountId);
  if (!row || row.state === 'revoked') return withoutAccount;
  services.terminals.looked(accountId, symbols);
  return ok(
    symbols.flatMap((symbol) => {
      const quote = services.terminals.quoteOf(accountId, symbol);
      if (!quote) return [];
      const { bid, ask, timeMs } = quote;
      const told = { source: 'terminal', heardMs: timeMs, isStale: nowMs - timeMs > staleMs };
      return [{ symbol, bid, ask, last: null, timeMs, ...told }];
    }),
  );
}
