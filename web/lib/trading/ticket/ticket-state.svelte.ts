/**
 * What the order form shows, all of it by one quote: the ticket that its draft comes down to, what
 * that costs, what stands beside which field, and why it cannot be sent. Call it while a component
 * is being set up; a chart can draw the same from it.
 */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { DealView } from '#core/broker/views.ts';
import type { OrderTicket } from '#core/broker/request.ts';
import type { Failure } from '#core/errors.ts';
import { errorWords } from '#lib/words/errors.ts';
import { lotsText } from '#lib/words/orders.ts';
import { durationText } from '#lib/words/times.ts';
import { quoteAgeMs, staleMs } from '../freshness.ts';
import type { TradeDesk } from '../trade-desk.svelte.ts';
import { commissionPerLot, ticketCost, type TicketCost } from './cost.ts';
import { entryPrice, ticketWords, type TicketDraft, type TicketField } from './draft.ts';
import type { LevelFrame, LevelName } from './levels.ts';
import { readTicket } from './read.ts';
import { factsOf, fieldOf, wouldRefuse } from './refusal.ts';
import { say } from '../../words/language.ts';

export interface TicketState {
  readonly instrument: Instrument | undefined;
  readonly quote: Quote | undefined;
  /** Null while something is missing. */
  readonly ticket: OrderTicket | null;
  readonly cost: TicketCost | null;
  readonly currency: string;
  /** What the order is, for its button. */
  readonly title: string;
  /** Why it cannot be sent now, in words; null where it can. */
  readonly hindrance: string | null;
  /** What the server would say to it as things stand; it may be sent all the same. */
  readonly foreseen: Failure | null;
  frame(which: LevelName): LevelFrame | null;
  /** What stands beside a field: what was refused of it, or would be. */
  beside(field: TicketField, refused: Failure | null): string | undefined;
}

export function ticketState(
  desk: TradeDesk,
  draft: () => TicketDraft,
  deals: () => readonly DealView[],
): TicketState {
  const { book } = desk;
  const instrument = $derived(book.instruments.get(draft().symbol));
  const quote = $derived(book.quotes.get(draft().symbol));
  const facts = $derived(book.value && factsOf(book.value, book.instruments));
  const read = $derived(
    instrument ? readTicket(draft(), { instrument, quote: quote ?? null, facts }) : null,
  );
  const ticket = $derived(read?.ok ? read.value.ticket : null);
  const problem = $derived(read && !read.ok ? read.error : null);
  const foreseen = $derived(
    problem && 'failure' in problem
      ? problem.failure
      : ticket && instrument
        ? wouldRefuse({ ticket, instrument, quote: quote ?? null, facts, nowMs: book.nowMs })
        : null,
  );
  const charged = $derived(commissionPerLot(deals(), draft().symbol));
  const cost = $derived(
    read?.ok && instrument
      ? ticketCost(read.value.ticket, {
          ...{ instrument, quote: quote ?? null, entry: read.value.entry },
          defaultStopRatio: book.value?.account.limits.defaultStopRatio ?? 0,
          commissionPerLot: charged,
        })
      : null,
  );
  const stale = $derived.by(() => {
    if (draft().kind !== 'market' || !quote) return null;
    const ageMs = quoteAgeMs(quote, book.nowMs);
    if (ageMs <= staleMs) return null;
    const age = durationText(Math.floor(ageMs / 1_000) * 1_000);
    return say`The price is ${age} old: too old to trade by.`;
  });
  const missing = $derived(
    problem && ('text' in problem ? problem.text : sentence(problem.failure)),
  );
  const title = $derived(
    ticket
      ? ticketWords(ticket, lotsText(ticket.volumeLots), instrument?.digits ?? 5)
      : say`Send the order`,
  );
  return {
    get instrument() {
      return instrument;
    },
    get quote() {
      return quote;
    },
    get ticket() {
      return ticket;
    },
    get cost() {
      return cost;
    },
    get currency() {
      return book.value?.account.broker?.currency ?? '';
    },
    get title() {
      return title;
    },
    get hindrance() {
      return desk.openingBlocked ?? (instrument ? null : unlisted) ?? missing ?? stale;
    },
    get foreseen() {
      return foreseen;
    },
    frame(which) {
      const entry = entryPrice(draft(), quote ?? null);
      if (!instrument || entry === null) return null;
      const lots = draft().sizeBy === 'lots' ? draft().volumeLots : (ticket?.volumeLots ?? null);
      return { side: draft().side, which, entry, volumeLots: lots, instrument };
    },
    beside(field, refused) {
      if (problem && 'text' in problem && problem.isWrong && problem.field === field) {
        return problem.text;
      }
      if (refused && fieldOf(refused) === field) return sentence(refused);
      if (foreseen && foreseenField(foreseen, problem) === field) return sentence(foreseen);
      return undefined;
    },
  };
}

const unlisted = say`The account has not said yet what can be traded on it.`;

function foreseenField(failure: Failure, problem: { readonly field: TicketField | null } | null) {
  return problem ? problem.field : fieldOf(failure);
}

/** The rule, the figures, and what to do. */
function sentence(failure: Failure): string {
  const { what, then, detail } = errorWords(failure);
  const parts = [`${what}.`, detail, then].filter((text) => text !== '');
  // What has no figures of its own may say the same in short.
  return [...new Set(parts)].join(' ');
}
