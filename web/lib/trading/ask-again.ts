/** Asks anew so often, and when something may have changed on an account, while the page is seen. */
import { database } from '../state/database.ts';
import { followTrading } from './trading-news.ts';

/** Until the returned function is called. */
export function askAgain(ask: () => void, everyMs: number): () => void {
  const again = () => document.visibilityState === 'visible' && ask();
  const unfollow = followTrading({
    database: database.name,
    accountId: null,
    onChange: again,
    onQuotes: () => undefined,
    onLine: () => undefined,
  });
  const timer = setInterval(again, everyMs);
  return () => {
    unfollow();
    clearInterval(timer);
  };
}
