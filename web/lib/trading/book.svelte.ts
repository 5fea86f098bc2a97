/**
 * All that lies on one trading account, kept as it is now: told by the server where a line to it
 * stands, asked for by the clock where none does. Call `follow()` while a component is set up.
 */
import { withChange, type BookChange } from '#core/broker/book-change.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { BookView, IntentView } from '#core/broker/views.ts';
import type { Answer, CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { database } from '../state/database.ts';
import { showServerZone } from '../state/server-zone.svelte.ts';
import { zoneOfOffset } from '../words/times.ts';
import { frameBatch } from './frame-batch.ts';
import { byId, bySymbol, newerQuotes } from './lookups.ts';
import { newestAnswer } from './newest-answer.ts';
import { toldChanges } from './told-changes.ts';
import { followTrading } from './trading-news.ts';

/** Asked at the latest after this long: the server passes prices on to who asked in the last minute. */
const toldEveryMs = 30_000;
const askedEveryMs = 3_000;
/** Changes come in bursts: the first is asked about at once, the others together. */
const gatherMs = 80;
const restMs = 500;
/** Who has just sent something waits for what comes of it: for so long nothing is gathered. */
const hastenedMs = 3_000;
const hastenedRestMs = 20;
/** What was told is drawn already; the rest, such as how the terminal is, is asked for in peace. */
const toldRestMs = 1_000;
/** Orders whose last word is remembered. */
const mostIntents = 200;
/** Questions at once: what has just changed does not wait for the answer to what was before it. */
const mostAsked = 1;
const mostAskedHastened = 2;

export class Book {
  readonly accountId: string;
  value = $state.raw<BookView | null>(null);
  quotes = $state.raw(bySymbol<Quote>());
  failure = $state.raw<CallFailure | null>(null);
  /** How often in a row the server did not answer; 0 while it does. */
  missed = $state(0);
  /** When it last did. */
  heardMs = $state<number | null>(null);
  /** Ticks each second, for ages. */
  nowMs = $state(Date.now());
  /** Rises with each change, for lists that are asked for apart. */
  changes = $state(0);
  /** The last word of orders that something happened to, also of those that are over. */
  intents: ReadonlyMap<string, IntentView> = $state.raw(byId<IntentView>());
  /** All that the broker quotes; the book brings what is held as it is now. */
  private listed = $state.raw<readonly Instrument[]>([]);
  readonly instruments: ReadonlyMap<string, Instrument> = $derived(
    bySymbol(this.listed, this.value?.instruments ?? []),
  );
  /** Shown beside what is held, and so quoted too: of each that looks at prices, one symbol. */
  private watched: Readonly<Record<string, string>> = {};
  private isTold = false;
  private readonly answers = newestAnswer();
  private readonly told = toldChanges();
  private isStale = false;
  private askedMs = 0;
  private dueMs = Infinity;
  private hastenedUntilMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  follow(): void {
    showServerZone(() => zoneOfOffset(this.value?.account.health?.serverOffsetMs));
    $effect(() => {
      this.isOver = false;
      // Drawn once a frame, however many prices come in between.
      const batch = frameBatch<Quote>((quotes) => this.take(quotes));
      const unfollow = followTrading({
        database: database.name,
        accountId: this.accountId,
        onChange: (_, change) => {
          if (change) this.tell(change);
          this.changes++;
          this.soon(change ? toldRestMs : this.isHastened ? 0 : gatherMs);
        },
        onQuotes: (quotes) => batch.add(quotes),
        onLine: (isTold) => {
          const isLost = this.isTold && !isTold;
          this.isTold = isTold;
          if (isLost) this.soon(gatherMs);
        },
      });
      const ticking = setInterval(() => (this.nowMs = Date.now()), 1_000);
      const again = () => document.visibilityState === 'visible' && this.soon(0);
      document.addEventListener('visibilitychange', again);
      addEventListener('online', again);
      void this.refresh();
      return () => {
        this.isOver = true;
        unfollow();
        batch.stop();
        clearInterval(ticking);
        clearTimeout(this.timer);
        document.removeEventListener('visibilitychange', again);
        removeEventListener('online', again);
      };
    });
  }

  /** The symbol that `watcher` looks at from now on. */
  watch(symbol: string, watcher = 'form'): void {
    if (symbol === '' || this.watched[watcher] === symbol) return;
    this.watched = { ...this.watched, [watcher]: symbol };
    if (!this.quotes.has(symbol)) this.soon(0);
  }
  unwatch(watcher: string): void {
    const { [watcher]: gone, ...others } = this.watched;
    if (gone !== undefined) this.watched = others;
  }

  /** Something is being sent: what changes in the next seconds is asked for at once. */
  hasten(): void {
    this.hastenedUntilMs = Date.now() + hastenedMs;
  }
  private get isHastened(): boolean {
    return Date.now() < this.hastenedUntilMs;
  }
  /** What was sent may have changed something: asked now, or once it is late to be told. */
  sent(): void {
    if (this.isTold) this.soon(toldRestMs);
    else void this.refresh();
  }
  /** Asks now; where enough is asked already, once more after. */
  async refresh(): Promise<void> {
    if (this.answers.open >= (this.isHastened ? mostAskedHastened : mostAsked)) {
      this.isStale = true;
      // What was due is this; left standing it would keep anything else from being planned.
      this.dueMs = Infinity;
      return;
    }
    clearTimeout(this.timer);
    this.dueMs = Infinity;
    this.askedMs = Date.now();
    this.isStale = false;
    const question = this.answers.asked();
    const symbols = Object.values(this.watched).filter((each, at, all) => all.indexOf(each) === at);
    const answer = await ask((server) =>
      server.orders.book.query({ accountId: this.accountId, symbols }),
    );
    const isNewest = this.answers.answered(question);
    if (this.isOver) return;
    if (isNewest) await this.show(answer, question);
    // A new account says who it is a moment after it is there; nothing tells of that moment.
    const isWhole = this.listed.length > 0 && (this.value?.account.broker ?? null) !== null;
    const restedMs = this.isTold && isWhole ? toldEveryMs : askedEveryMs;
    this.soon(this.isStale ? (this.isHastened ? 0 : gatherMs) : restedMs);
  }

  /** Drawn in the frame after it came. */
  private tell(change: BookChange): void {
    this.told.tell(change, this.answers.last);
    const known = byId([...this.intents.values()].slice(-mostIntents), change.intents);
    this.intents = known;
    if (this.value) this.value = withChange(this.value, change);
  }

  private async show(answer: Answer<BookView>, question: number): Promise<void> {
    this.failure = answer.ok ? null : answer.error;
    this.missed = answer.ok ? 0 : this.missed + 1;
    const book = this.told.over(answer.ok ? answer.value : null, question);
    if (answer.ok && book) {
      this.heardMs = Date.now();
      if (!this.isTold && markOf(answer.value) !== (this.value && markOf(this.value))) {
        this.changes++;
      }
      this.value = book;
      this.take(answer.value.quotes);
      if (this.listed.length === 0 && answer.value.account.broker) await this.list();
    }
  }

  private async list(): Promise<void> {
    const { accountId } = this;
    const answer = await ask((server) => server.orders.instruments.query({ accountId }));
    if (answer.ok) this.listed = answer.value.instruments;
  }
  /** What is due sooner stays due. */
  private soon(ms: number): void {
    const isHidden = document.visibilityState === 'hidden';
    const leastMs = this.isHastened ? hastenedRestMs : restMs;
    const restedMs = this.askedMs + leastMs - Date.now();
    const waitMs = isHidden ? Math.max(ms, toldEveryMs) : Math.max(ms, restedMs);
    if (Date.now() + waitMs >= this.dueMs) return;
    clearTimeout(this.timer);
    this.dueMs = Date.now() + waitMs;
    this.timer = setTimeout(() => void this.refresh(), waitMs);
  }

  /** The newer of what is known and what is told, by symbol. */
  private take(quotes: readonly Quote[]): void {
    if (quotes.length === 0) return;
    this.quotes = newerQuotes(this.quotes, quotes);
  }
}

/** Differs where something was asked, filled or ended. */
function markOf({ account, positions, orders, openIntents }: BookView): string {
  return JSON.stringify([
    account.broker?.balance,
    positions.map((each) => [each.position, each.volumeLots]),
    orders.map((each) => each.order),
    openIntents.map((each) => [each.id, each.updatedMs]),
  ]);
}
