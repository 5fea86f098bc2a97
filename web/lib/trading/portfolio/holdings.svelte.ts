/**
 * What lies open on every account of the trader, with prices as they come. Call `follow()` while a
 * component is set up.
 */
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { HoldingView } from '#core/broker/views.ts';
import type { CallFailure } from '#lib/account/api.ts';
import { ask } from '#lib/account/ask.ts';
import { database } from '#lib/state/database.ts';
import { floatingProfit } from '../floating.ts';
import { frameBatch } from '../frame-batch.ts';
import { bySymbol, newerAccountQuotes, noAccountQuotes, noQuotes } from '../lookups.ts';
import { followTrading } from '../trading-news.ts';
import type { Held } from './exposure.ts';

/** Prices are passed on to who asked in the last minute and a half. */
const everyMs = 30_000;
const restMs = 2_000;

/** One account as it is now: what is held, and its money by the latest prices. */
export interface Holding extends Held {
  readonly accountId: string;
  readonly name: string;
  readonly isSimulated: boolean;
  readonly balance: number;
  readonly equity: number;
  readonly margin: number;
}

export class Holdings {
  failure = $state.raw<CallFailure | null>(null);
  private told = $state.raw<readonly HoldingView[] | null>(null);
  private quotes = $state.raw(noAccountQuotes);
  private askedMs = 0;
  /** Accounts that were heard; null until the first answer. */
  readonly list: readonly Holding[] | null = $derived(
    this.told &&
      this.told.flatMap((view) => {
        const { broker, accountId } = view.account;
        return broker ? [holdingOf(view, broker, this.quotes.get(accountId) ?? noQuotes)] : [];
      }),
  );

  follow(): void {
    $effect(() => {
      const batch = frameBatch<readonly [string, Quote]>((news) => this.take(news));
      const unfollow = followTrading({
        database: database.name,
        accountId: null,
        onChange: () => Date.now() - this.askedMs > restMs && void this.refresh(),
        onQuotes: (quotes, accountId) => batch.add(quotes.map((each) => [accountId, each])),
        onLine: () => undefined,
      });
      const timer = setInterval(
        () => document.visibilityState === 'visible' && void this.refresh(),
        everyMs,
      );
      void this.refresh();
      return () => {
        unfollow();
        batch.stop();
        clearInterval(timer);
      };
    });
  }

  async refresh(): Promise<void> {
    this.askedMs = Date.now();
    const answer = await ask((server) => server.orders.holdings.query());
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.told = answer.value.holdings;
    this.take(
      answer.value.holdings.flatMap(({ account: { accountId }, quotes }) =>
        quotes.map((quote) => [accountId, quote] as const),
      ),
    );
  }

  private take(news: readonly (readonly [string, Quote])[]): void {
    this.quotes = newerAccountQuotes(this.quotes, news);
  }
}

function holdingOf(
  { account, positions, instruments }: HoldingView,
  { currency, balance, margin }: NonNullable<HoldingView['account']['broker']>,
  quotes: ReadonlyMap<string, Quote>,
): Holding {
  const known: ReadonlyMap<string, Instrument> = bySymbol(instruments);
  const floating = positions.reduce(
    (sum, each) =>
      sum + each.swap + floatingProfit(each, known.get(each.symbol), quotes.get(each.symbol)),
    0,
  );
  const { accountId, name, isSimulated } = account;
  return {
    ...{ accountId, name, isSimulated, currency, balance, margin },
    ...{ equity: balance + floating, positions, quotes, instruments: known },
  };
}
