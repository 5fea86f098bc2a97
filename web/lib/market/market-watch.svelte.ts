/** The open watchlist with all that is known of its symbols; make one while a component is set up. */
import type { PriceSeries } from '#core/collections/price-series.ts';
import type { WatchlistItem } from '#core/collections/watchlist-item.ts';
import { database } from '../state/database.ts';
import { live } from '../state/live.svelte.ts';
import { inOrder } from '../watchlist/watchlist-order.ts';
import { Brokers } from './brokers.svelte.ts';
import { DaysOfSymbols, type Watched } from './known-days.svelte.ts';
import { ListChoice } from './list-choice.svelte.ts';
import { keepPrices, readKeptPrices } from './kept-prices.ts';
import { LiveQuotes } from './live-quotes.svelte.ts';
import { MarketFacts } from './market-facts.svelte.ts';
import { placeOf } from './price-place.ts';
import { ProviderQuotes } from './provider-quotes.svelte.ts';
import { SignalBoard } from './signal-board.svelte.ts';
import { openSignalsEngine } from './signals-engine.ts';
import { wantedQuotes } from './wanted-quotes.ts';
import { watchRow, type WatchRow } from './watch-row.ts';

const firstKeptMs = 3_000;
const keepEveryMs = 20_000;
const noItems: readonly WatchlistItem[] = [];
const noSeries: readonly PriceSeries[] = [];

export class MarketWatch {
  readonly choice = new ListChoice();
  readonly brokers = new Brokers();
  readonly providers = new ProviderQuotes();
  readonly facts = new MarketFacts();
  readonly board: SignalBoard;
  private readonly quotes = new LiveQuotes();
  private readonly days: DaysOfSymbols;
  private readonly rowsHere = live(() => database.watchlist.toArray());
  private readonly keptHere = live(readKeptPrices);
  private readonly seriesHere = live(() => database.series.toArray());
  /** Ticks each second, for ages. */
  nowMs = $state(Date.now());

  readonly all = $derived(this.rowsHere.value ?? noItems);
  readonly series = $derived(this.seriesHere.value ?? noSeries);
  readonly isReady = $derived(this.rowsHere.ready && this.seriesHere.ready);
  readonly failure = $derived(this.rowsHere.failure ?? this.seriesHere.failure);
  readonly names = $derived(this.choice.names(this.all.map(({ list }) => list)));
  /** Another device may have taken the open one away. */
  readonly list = $derived(
    this.names.includes(this.choice.list) ? this.choice.list : (this.names[0] ?? ''),
  );
  readonly items = $derived(inOrder(this.all.filter(({ list }) => list === this.list)));

  /** Whence the prices of each symbol come; as long as nothing of it changes, so does nothing else. */
  readonly watched: readonly Watched[] = $derived.by(() => {
    const known = {
      brokers: this.brokers.all,
      providers: this.providers.homes,
      series: this.series,
      preferred: this.choice.preferred,
    };
    return this.items.map(({ symbol }) => ({ symbol, place: placeOf(symbol, known) }));
  });
  private readonly wanted = $derived(wantedQuotes(this.watched));
  /** Symbols that no account quotes, once that is known. */
  private readonly elsewhere = $derived(
    this.brokers.isKnown
      ? this.watched.filter(({ place }) => place?.kind !== 'account').map(({ symbol }) => symbol)
      : [],
  );
  readonly rows: readonly WatchRow[] = $derived(
    this.items.map((item, at) => {
      const { symbol } = item;
      const place = this.watched[at]?.place ?? null;
      return watchRow(item, {
        place,
        quote:
          place?.kind === 'account' ? this.quotes.of(place.broker.accountId, symbol) : undefined,
        told: place?.kind === 'provider' ? this.providers.of(symbol) : undefined,
        days: place && this.days.of(symbol, place),
        kept: this.keptHere.value?.[symbol],
        nowMs: this.nowMs,
      });
    }),
  );

  constructor() {
    const engine = openSignalsEngine();
    this.days = new DaysOfSymbols(engine);
    this.board = new SignalBoard(engine);
    this.days.follow(() => this.watched);
    this.board.follow(() => ({
      watched: this.watched,
      series: this.series,
      timeframe: this.choice.timeframe,
    }));
    $effect(() => {
      const ticking = setInterval(() => (this.nowMs = Date.now()), 1_000);
      return () => {
        clearInterval(ticking);
        engine.stop();
      };
    });
  }

  /** What the server tells, for who is signed in. Call it while a component is set up. */
  followServer(): void {
    this.brokers.follow();
    this.quotes.follow(() => this.wanted);
    this.providers.follow(() => this.elsewhere);
    this.facts.follow();
    $effect(() => {
      // A device that refuses shows no old prices while the server is away.
      const keep = () => void keepPrices(this.rows).catch(() => undefined);
      const timer = setInterval(keep, keepEveryMs);
      const first = setTimeout(keep, firstKeptMs);
      const left = () => document.visibilityState === 'hidden' && keep();
      document.addEventListener('visibilitychange', left);
      return () => {
        clearInterval(timer);
        clearTimeout(first);
        document.removeEventListener('visibilitychange', left);
      };
    });
  }
}
