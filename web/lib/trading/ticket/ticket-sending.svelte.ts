/**
 * How an order form sends: what it comes to, whether one click may send it, and the way from a press
 * to the answer. One for each draft; the form, its keys and the buttons on a chart all use it.
 */
import { Attempt } from '#lib/account/attempt.svelte.ts';
import type { Side } from '#core/broker/book.ts';
import { notify } from '#lib/state/notices.ts';
import { stateWords } from '#lib/words/orders.ts';
import { recentDeals } from '../recent-deals.svelte.ts';
import type { NamelessWish, TradeDesk } from '../trade-desk.svelte.ts';
import type { TicketDraft } from './draft.ts';
import { heldBack, isArmed } from './one-click.ts';
import { costLines, notSent } from './ticket-acts.ts';
import { ticketState, type TicketState } from './ticket-state.svelte.ts';
import { say } from '../../words/language.ts';

export interface TicketSending {
  readonly order: TicketState;
  readonly attempt: Attempt;
  /** Whether a click on a side sends at once. */
  readonly isOneClick: boolean;
  /** Why a guard of one click holds the order back, in words. */
  readonly held: string | null;
  send(asked: NamelessWish, words: string): Promise<boolean>;
  /** Asks where that is wished, and sends the order as it stands then. */
  submit(): Promise<void>;
  click(side: Side): void;
}

export interface SendingPorts {
  readonly draft: () => TicketDraft;
  readonly ontaken: () => void;
}

/** Call it while a component is being set up. */
export function ticketSending(desk: TradeDesk, { draft, ontaken }: SendingPorts): TicketSending {
  const { book, terms } = desk;
  const deals = recentDeals(book);
  const order = ticketState(desk, draft, () => deals.list);
  const attempt = new Attempt();
  const isOneClick = $derived(isArmed(terms.oneClick) && draft().kind === 'market');
  const held = $derived(
    isOneClick && order.ticket && order.instrument
      ? heldBack(terms.oneClick, order.ticket, {
          instrument: order.instrument,
          quote: order.quote ?? null,
        })
      : null,
  );
  async function send(asked: NamelessWish, words: string): Promise<boolean> {
    const taken = await attempt.run(() => desk.send('open', words, asked));
    const first = taken?.intents[0];
    if (!first) return taken !== null;
    void notify({ id: 'order', text: words, detail: stateWords(first.state).long });
    ontaken();
    return true;
  }
  async function submit(): Promise<void> {
    if (order.hindrance !== null || attempt.busy || held !== null) return;
    const isMeant =
      isOneClick ||
      (await desk.confirmed({
        title: order.title,
        action: say`Send`,
        lines: () => costLines(order),
      }));
    // As it stands now: while it was asked about, the price went on.
    const { ticket, title, hindrance } = order;
    if (!isMeant) return;
    if (ticket && hindrance === null) await send({ t: 'place', ticket }, title);
    else void notify({ ...notSent(title, hindrance), id: 'order' });
  }
  return {
    order,
    attempt,
    get isOneClick() {
      return isOneClick;
    },
    get held() {
      return held;
    },
    send,
    submit,
    click(side) {
      draft().side = side;
      void submit();
    },
  };
}
