/** The newest deals of an account, asked for once and again as something is dealt. */
import type { DealView } from '#core/broker/views.ts';
import { call } from '#lib/account/api.ts';
import type { Book } from './book.svelte.ts';

/** What one pays hardly changes: more often it is not asked for. */
const restMs = 10_000;

/** Call it while a component is being set up. */
export function recentDeals(book: Book): { readonly list: readonly DealView[] } {
  let list = $state.raw<readonly DealView[]>([]);
  const { accountId } = book;
  /** Deals change the balance, or what is held. */
  const mark = $derived(
    JSON.stringify([
      book.value?.account.broker?.balance,
      book.value?.positions.map(({ position, volumeLots }) => [position, volumeLots]),
    ]),
  );
  let askedMs = 0;
  $effect(() => {
    void mark;
    if (Date.now() - askedMs < restMs) return;
    askedMs = Date.now();
    void call((server) => server.orders.deals.query({ accountId, limit: 50 })).then((answer) => {
      if (answer.ok) list = answer.value.deals;
    });
  });
  return {
    get list() {
      return list;
    },
  };
}
