/**
 * Prices of many symbols of several trading accounts, as they come: told by the server where a line
 * to it stands, asked for by the clock where none does.
 */
import type { Quote } from '#core/broker/instrument.ts';
import { ask } from '../account/ask.ts';
import { database } from '../state/database.ts';
import { frameBatch } from '../trading/frame-batch.ts';
import {
  newerAccountQuotes,
  noAccountQuotes,
  noQuotes,
  type AccountQuotes,
} from '../trading/lookups.ts';
import { followTrading } from '../trading/trading-news.ts';
import { chosenOf, inQuestions, wantedKey, wantedOf, type WantedQuotes } from './wanted-quotes.ts';

/** The server passes prices on to who asked in the last minute. */
const toldEveryMs = 25_000;
const askedEveryMs = 3_000;
/** The server takes no more in one question. */
const mostSymbols = 50;

export class LiveQuotes {
  private quotes = $state.raw<AccountQuotes>(noAccountQuotes);
  /** The server answered when it was last asked. */
  isHeard = $state(true);

  of(accountId: string, symbol: string): Quote | undefined {
    return (this.quotes.get(accountId) ?? noQuotes).get(symbol);
  }

  /** Call it while a component is set up; others are asked for whenever `wanted` changes. */
  follow(wanted: () => WantedQuotes): void {
    const key = $derived(wantedKey(wanted()));
    $effect(() => {
      const now = wantedOf(key);
      return now.size === 0 ? undefined : this.hear(now);
    });
  }

  private hear(wanted: WantedQuotes): () => void {
    let isTold = false;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const chosen = chosenOf(wanted);
    const questions = inQuestions(wanted, mostSymbols);
    const batch = frameBatch<readonly [string, Quote]>((told) => {
      this.quotes = newerAccountQuotes(this.quotes, told);
    });
    const take = (quotes: readonly Quote[], accountId: string) =>
      batch.add(chosen(quotes, accountId));
    const again = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const heard = await Promise.all(questions.map((one) => askFor(one, take)));
        if (isOver) return;
        this.isHeard = heard.every((each) => each);
      }
      timer = setTimeout(() => void again(), isTold && this.isHeard ? toldEveryMs : askedEveryMs);
    };
    const unfollow = followTrading({
      ...{ database: database.name, accountId: null, onChange: () => undefined, onQuotes: take },
      onLine(told) {
        const isLost = isTold && !told;
        isTold = told;
        if (isLost) void again();
      },
    });
    const seen = () => document.visibilityState === 'visible' && void again();
    document.addEventListener('visibilitychange', seen);
    void again();
    return () => {
      isOver = true;
      clearTimeout(timer);
      batch.stop();
      unfollow();
      document.removeEventListener('visibilitychange', seen);
    };
  }
}

/** Whether it was answered. */
async function askFor(
  { accountId, symbols }: { readonly accountId: string; readonly symbols: string[] },
  take: (quotes: readonly Quote[], accountId: string) => void,
): Promise<boolean> {
  const answer = await ask((server) =>
    server.market.quotes.query({ source: { accountId }, symbols }),
  );
  const there = answer.ok ? (answer.value.there ?? []) : [];
  const quotes = there.flatMap(({ symbol, bid, ask: askPrice, timeMs }) =>
    bid === null || askPrice === null ? [] : [{ symbol, bid, ask: askPrice, timeMs }],
  );
  take(quotes, accountId);
  return answer.ok;
}
