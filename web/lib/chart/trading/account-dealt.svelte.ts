/** The latest deals of an account as marks for its charts, asked for again as something is dealt. */
import type { DealView } from '#core/broker/views.ts';
import { call } from '#lib/account/api.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import { tripsOf } from '#lib/trading/round-trips-of.ts';
import { whenChanged } from '#lib/trading/when-changed.svelte.ts';
import type { Dealt } from './fills-layer.ts';

const limit = 500;

export interface AccountDealt {
  of(symbol: string): Dealt;
}

/** Call it while a component is being set up. */
export function accountDealt(book: Book): AccountDealt {
  let deals = $state.raw<readonly DealView[]>([]);
  const { accountId } = book;
  const mark = (list: readonly DealView[]) => `${list.length} ${list[0]?.deal ?? ''}`;
  whenChanged(book, () => {
    void call((server) => server.orders.deals.query({ accountId, limit })).then((answer) => {
      if (answer.ok && mark(answer.value.deals) !== mark(deals)) deals = answer.value.deals;
    });
  });
  return {
    of: (symbol) =>
      dealtOf(
        deals.filter((deal) => deal.symbol === symbol),
        book.value?.account.health?.serverOffsetMs ?? 0,
      ),
  };
}

/** Round trips that are over, and every deal in sight of them. */
function dealtOf(deals: readonly DealView[], serverOffsetMs: number): Dealt {
  const trips = tripsOf(deals, serverOffsetMs).flatMap((trip) => {
    const { openedMs, closedMs, entryPrice, exitPrice, net } = trip;
    if (closedMs === null || entryPrice === null || exitPrice === null) return [];
    return [{ openedMs, closedMs, openPrice: entryPrice, closePrice: exitPrice, net }];
  });
  const fills = deals.flatMap(({ kind, entry, serverMs, price }) =>
    (kind === 'buy' || kind === 'sell') && price > 0
      ? [{ ms: serverMs - serverOffsetMs, price, side: kind, isEntry: entry === 'in' } as const]
      : [],
  );
  return { fills, trips };
}
