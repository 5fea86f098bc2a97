/**
 * What the parts of a page share that trades on an account: its book, the way to send, why that is
 * not possible now, and what is asked of the trader before something goes.
 */
import { untrack } from 'svelte';
import { finalStates } from '#core/broker/intent.ts';
import type { IntentView, RequestView } from '#core/broker/views.ts';
import { fail, type Result } from '#core/result.ts';
import type { CallFailure } from '#lib/account/api.ts';
import { notify } from '#lib/state/notices.ts';
import type { ServerStatus } from '#lib/state/server.svelte.ts';
import type { Book } from './book.svelte.ts';
import { DeviceTerms } from './device-terms.svelte.ts';
import type { TradeCall } from './pending-requests.ts';
import { sameOrderGuard } from './same-order.ts';
import type { Sender, Wish } from './sender.svelte.ts';
import { accountState } from '#lib/words/connections.ts';
import { intentTitle, reasonText, stateWords } from '#lib/words/orders.ts';
import { nowOf } from './intent-now.svelte.ts';
import { say } from '../words/language.ts';

export interface TradeDesk {
  readonly book: Book;
  /** Why nothing can be sent now, in words; null where it can. */
  readonly blocked: string | null;
  /** Why nothing can be opened; closing is possible in more cases. */
  readonly openingBlocked: string | null;
  /** How one sends on the account from this device. */
  readonly terms: DeviceTerms;
  /** What is asked before something goes; a ConfirmDialog shows it. */
  readonly question: Question | null;
  /** Whether it is meant; at once where the trader wants no questions here. */
  confirmed(asked: Asked): Promise<boolean>;
  send(what: TradeCall, title: string, wish: NamelessWish): Promise<Sent>;
}

export interface Asked {
  readonly title: string;
  readonly action: string;
  readonly isDanger?: boolean;
  /** Name and figure, as they are now: the price goes on while one is asked. */
  lines(): readonly AskedLine[];
}
export type AskedLine = readonly [name: string, text: string, is?: 'amount'];
export interface Question extends Asked {
  answer(isMeant: boolean): void;
}

export type Sent = Result<RequestView, CallFailure>;
type Nameless<T> = T extends { readonly accountId: string } ? Omit<T, 'accountId'> : never;
export type NamelessWish = Nameless<Wish>;

/** Call it while a component is being set up. */
export function tradeDesk(book: Book, sender: Sender, status: () => ServerStatus): TradeDesk {
  const guard = sameOrderGuard();
  const terms = new DeviceTerms(sender.userId, book.accountId);
  let question = $state.raw<Question | null>(null);
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
        ? say`The account is halted: nothing is opened until you resume it.`
        : null),
  );
  return {
    book,
    terms,
    get question() {
      return question;
    },
    confirmed(asked) {
      if (!terms.asksFirst) return Promise.resolve(true);
      // Another question takes the place of one that nobody answered.
      question?.answer(false);
      return new Promise((resolve) => {
        const answer = (isMeant: boolean) => {
          question = null;
          resolve(isMeant);
        };
        question = { ...asked, answer };
      });
    },
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
      book.hasten();
      const answer = await sender.send(what, title, { ...wish, accountId: book.accountId } as Wish);
      if (answer.ok) {
        now.take(answer.value.intents);
        watched = [...watched, ...answer.value.intents.map(({ id }) => id)];
      }
      book.sent();
      return answer;
    },
  };
}

/** Orders are never kept for later: what cannot be sent now is not taken. */
function blockedText(book: Book, status: ServerStatus): string | null {
  if (status === 'offline') return say`This device has no network. Orders are not kept for later.`;
  if (status === 'unreachable')
    return say`The server does not answer. Orders are not kept for later.`;
  const account = book.value?.account;
  if (!account) return say`The account is not loaded yet.`;
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
