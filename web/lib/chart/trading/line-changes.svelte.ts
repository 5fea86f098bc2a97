/**
 * Lines that were moved and are not yet where they were moved to: asked about, sent, answered. A line
 * itself lies where the broker has it; until that is elsewhere the change stands beside it.
 */
import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { IntentView } from '#core/broker/views.ts';
import type { Failure } from '#core/errors.ts';
import { finalStates } from '#core/broker/intent.ts';
import { notify, notifyFailure } from '#lib/state/notices.ts';
import { nowOf } from '#lib/trading/intent-now.svelte.ts';
import type { AskedLine, TradeDesk } from '#lib/trading/trade-desk.svelte.ts';
import { isArmed } from '#lib/trading/ticket/one-click.ts';
import { errorWords } from '#lib/words/errors.ts';
import { reasonText, stateWords } from '#lib/words/orders.ts';
import type { LineMove } from './line-move.ts';
import type { TradeLine } from './trade-line.ts';
import { say } from '../../words/language.ts';

export interface LineChange {
  readonly symbol: string;
  readonly line: TradeLine;
  /** Null: it is taken away. */
  readonly price: number | null;
  /** `done`: the broker has done it, and the book is yet to show it. */
  readonly state: 'asking' | 'sending' | 'sent' | 'lost' | 'done';
  readonly text: string;
  readonly intentId: string | null;
}

/** What is said at a line once its change is over. */
export interface LineOutcome {
  readonly tone: 'ok' | 'danger';
  readonly text: string;
}

const outcomeMs = { ok: 2_500, danger: 8_000 } as const;
/** The news of an end may come before the book that it changed. */
const bookMs = 3_000;

export class LineChanges {
  readonly list = new SvelteMap<string, LineChange>();
  readonly outcomes = new SvelteMap<string, LineOutcome>();
  private readonly desk: TradeDesk;

  /** Call it while a component is being set up. */
  constructor(desk: TradeDesk) {
    this.desk = desk;
    const ids = () =>
      [...this.list.values()].flatMap(({ intentId }) => (intentId === null ? [] : [intentId]));
    const now = nowOf(desk.book, ids);
    $effect(() => {
      for (const intent of now.list) untrack(() => this.hear(intent));
    });
    this.take = (intents) => now.take(intents);
  }
  private readonly take: (intents: readonly IntentView[]) => void;

  of(id: string): LineChange | undefined {
    return this.list.get(id);
  }
  /** Two changes of one thing at a time would undo each other: each carries all of its levels. */
  isBusy(owner: string): boolean {
    return [...this.list.values()].some(({ line }) => line.owner === owner);
  }

  /** Asks, sends, and follows; a second for the same thing meanwhile is not taken. */
  async make(
    symbol: string,
    line: TradeLine,
    price: number | null,
    ports: {
      /** As things stand at the time. */
      readonly move: () => LineMove | null;
      readonly lines: () => readonly AskedLine[];
    },
  ): Promise<void> {
    const first = ports.move();
    if (!first || this.isBusy(line.owner)) return;
    if (first.refusal) return this.keepBack(line, first.title, first.refusal);
    this.put({ symbol, line, price, state: 'asking', text: say`Asking you`, intentId: null });
    const { title, action } = first;
    // One click moves; what takes a stop or an order away is asked about all the same.
    const isAtOnce = price !== null && isArmed(this.desk.terms.oneClick);
    const asked = { title, action, isDanger: price === null, lines: ports.lines };
    const isMeant = isAtOnce || (await this.desk.confirmed(asked));
    // The book has gone on while it was asked.
    const move = isMeant ? ports.move() : null;
    if (!move) return void this.list.delete(line.id);
    if (move.refusal) return this.keepBack(line, title, move.refusal);
    this.put({ symbol, line, price, state: 'sending', text: say`Sending`, intentId: null });
    const answer = await this.desk.send('change', title, move.wish);
    if (!answer.ok) return this.refuse(line, title, answer.error);
    const [intent] = answer.value.intents;
    const intentId = intent?.id ?? null;
    this.put({ symbol, line, price, state: 'sent', text: say`Sent`, intentId });
    // A trailing stop is the server's own: nothing of it is asked of the broker.
    if (!intent) return this.settle(line);
    this.take(answer.value.intents);
    this.hear(intent);
  }

  /** What lies at the broker now: a change that it shows is over. */
  heard(
    symbol: string,
    lines: readonly TradeLine[],
    { tickSize }: { readonly tickSize: number },
  ): void {
    for (const { line, price, state, ...of } of this.list.values()) {
      if (of.symbol !== symbol || state === 'asking' || state === 'sending') continue;
      const now = lines.find(({ id }) => id === line.id);
      const isThere = price === null ? !now : now && Math.abs(now.price - price) < tickSize / 2;
      if (isThere) this.end(line, 'ok', say`Confirmed`);
    }
  }

  private hear({ id, state, reason, retcode }: IntentView): void {
    const change = [...this.list.values()].find(({ intentId }) => intentId === id);
    if (!change || change.state === 'done') return;
    const { short, tone } = stateWords(state);
    const { line } = change;
    if (!finalStates.has(state)) {
      const isLost = tone === 'warning' || tone === 'danger';
      const next = { ...change, state: isLost ? 'lost' : 'sent', text: short } as const;
      if (next.text !== change.text || next.state !== change.state) this.put(next);
    } else if (tone === 'ok') this.settle(line);
    else this.end(line, 'danger', reasonText({ reason, retcode }) || short);
  }
  /** It is done; the book will show it, and if not it goes back to what the book shows. */
  private settle(line: TradeLine): void {
    const change = this.list.get(line.id);
    if (!change) return;
    const done = { ...change, state: 'done' } as const;
    this.put(done);
    void this.desk.book.refresh();
    setTimeout(() => {
      // Another change of the line may have begun meanwhile.
      if (this.list.get(line.id) === done) this.end(line, 'ok', say`Confirmed`);
    }, bookMs);
  }
  /** The broker would refuse it as things stand: nothing is sent. */
  private keepBack(line: TradeLine, title: string, failure: Failure): void {
    const { what, detail } = errorWords(failure);
    this.end(line, 'danger', what);
    const text = say`${title}: not sent`;
    void notify({ id: 'order', tone: 'warning', text, detail: `${what}. ${detail}`.trim() });
  }
  private refuse(line: TradeLine, title: string, failure: Failure): void {
    this.end(line, 'danger', errorWords(failure).what);
    void notifyFailure(failure, title);
  }
  private put(change: LineChange): void {
    this.list.set(change.line.id, change);
  }
  private end({ id }: TradeLine, tone: LineOutcome['tone'], text: string): void {
    this.list.delete(id);
    const outcome = { tone, text };
    this.outcomes.set(id, outcome);
    setTimeout(() => {
      if (this.outcomes.get(id) === outcome) this.outcomes.delete(id);
    }, outcomeMs[tone]);
  }
}
