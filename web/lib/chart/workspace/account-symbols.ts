/** Every symbol that the trading accounts of who is signed in quote. */
import { ask } from '../../account/ask.ts';
import type { OfferedSymbol } from '../symbol-search.ts';
import { say } from '../../words/language.ts';

/** None where nobody is signed in or the server is not there: charts of stored prices go on. */
export async function accountSymbols(): Promise<readonly OfferedSymbol[]> {
  const accounts = await ask((server) => server.terminals.list.query());
  if (!accounts.ok) return [];
  const usable = accounts.value.accounts.filter(
    ({ state, broker }) => state !== 'revoked' && broker,
  );
  const lists = await Promise.all(
    usable.map(async ({ accountId, name, isSimulated }) => {
      const answer = await ask((server) => server.orders.instruments.query({ accountId }));
      if (!answer.ok) return [];
      return answer.value.instruments.map(({ symbol, description }): OfferedSymbol => ({
        ...{ symbol, accountId, about: description },
        place: isSimulated ? say`${name}, simulated` : name,
      }));
    }),
  );
  return lists.flat();
}
