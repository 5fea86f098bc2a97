/**
 * What the parts of the page share: the account's book, the way to send, and why that is not
 * possible now.
 */
import { untrack } from 'svelte';
import { finalStates } from '#core/broker/intent.ts';
import type { IntentView, RequestView } from '#core/broker/views.ts';
import { fail, type Result } from '#core/result.ts';
import type { CallFailure } from '#lib/account/api.ts';
import { notify } from '#lib/state/notices.ts';
import type { ServerStatus } from '#lib/state/server.svelte.ts';
import type { Book } from '#lib/trading/book.svelte.ts';
import type { TradeCall } from '#lib/trading/pending-requests.ts';
import { sameOrderGuard } from '#lib/trading/same-order.ts';
import type { Sender, Wish } from '#lib/trading/sender.svelte.ts';
import { accountState } from '#lib/words/connections.ts';
import { intentTitle, reasonText, stateWords } from '#lib/words/orders.ts';
import { nowOf } from './intent-now.svelte.ts';

export interface TradeDesk {
  readonly book: Book;
  /** Why nothing can be sent now, in words; null where it can. */
  readonly blocked: string | null;
  /** Why nothing can be opened; closing is possible in more cases. */
  readonly openingBlocked: string | null;
  send(what: TradeCall, title: string, wish: NamelessWish): Promise<Sent>;
}

export type Sent = Result<RequestView, CallFailure>;
type Nameless<T> = T extends { readonly accountId: string } ? Omit<T, 'accountId'> : never;
export type NamelessWish = Nameless<Wish>;

/** Call it while a component is being set up. */
export function tradeDesk(book: Book, sender: Sender, status: () => ServerStatus): TradeDesk {
  const guard = sameOrderGuard();
  /** What was asked here and whose end was not told yet. */
  let watched = $state.raw<readonly string[]>([]);
  const now = nowOf(book, () => watched);
  $effect(() => {
    const ended = now.list.filter(({ state }) => finalStates.has(state));
    if (ended.length === 0) return;
    watched = untrack(() => watched).filter((id) => !ended.some((each) => each.id === id));
    for (const intent of ended) tellEnd(intent);
  });
  const blocked = $derived(blockedText(book, status()));
  const openingBlocked = $derived(
    blocked ??
      (book.value?.account.state === 'halted'
        ? 'The account is halted: nothing is opened until you resume it.'
        : null),
  );
  return {
    book,
    get blocked() {
      return blocked;
    },
    get openingBlocked() {
      return openingBlocked;
    },
    async send(what, title, wish) {
      if (!guard.admits([what, wish], Date.now())) {
        return fail({ code: 'trade.same-again', detail: '' });
      }
      const answer = await sender.send(what, title, { ...wish, accountId: book.accountId } as Wish);
      if (answer.ok) {
        now.take(answer.value.intents);
        watched = [...watched, ...answer.value.intents.map(({ id }) => id)];
      }
      void book.refresh();
      return answer;
    },
  };
}

/** Orders are never kept for later: what cannot be sent now is not taken. */
function blockedText(book: Book, status: ServerStatus): string | null {
  if (status === 'offline') return 'This device has no network. Orders are not kept for later.';
  if (status === 'unreachable') return 'The server does not answer. Orders are not kept for later.';
  const account = book.value?.account;
  if (!account) return 'The account is not loaded yet.';
  if (account.state === 'halted' && account.health?.isOnline) return null;
  const state = accountState(account);
  return state.tone === 'ok' ? null : `${state.short}. ${state.long}`;
}

/** How it ended, where that is not what one would expect and see anyhow. */
function tellEnd(intent: IntentView): void {
  const { short, long, tone } = stateWords(intent.state);
  const isGood = tone === 'ok';
  void notify({
    id: isGood ? 'order' : intent.id,
    tone: isGood ? 'ok' : 'warning',
    text: `${intentTitle(intent.body)}: ${short.toLowerCase()}`,
    detail: isGood ? '' : [reasonText(intent), long].filter((text) => text !== '').join('. '),
    stay: !isGood,
  });
}
