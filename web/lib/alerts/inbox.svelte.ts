/** The inbox of who is signed in, the same for the bell and the page: what was told, what is unread. */
import type { InboxItem } from '#core/alerts/alert-views.ts';
import { account } from '../account/account.svelte.ts';
import { ask } from '../account/ask.ts';
import { database } from '../state/database.ts';
import { notify } from '../state/notices.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { followTrading } from '../trading/trading-news.ts';
import { InboxList } from './inbox-list.svelte.ts';
import { forgetInbox, keepInbox } from './kept-inbox.ts';
import { toldWords } from './told-words.ts';
import { say } from '../words/language.ts';

/** Where no line to the server tells that something was told; and where one does, to be sure. */
const askEveryMs = 60_000;
const toldEveryMs = 600_000;
const mostNotices = 3;

class Inbox extends InboxList {
  private newest: number | null = null;
  private userId = '';
  /** What is kept and forgotten on this device, one after another. */
  private keeping: Promise<unknown> = Promise.resolve();

  /** Keeps it as it is now, and shows what is told meanwhile; until the returned function is called. */
  follow(userId: string): () => void {
    this.userId = userId;
    void this.refresh();
    let isTold = false;
    const unfollow = followTrading({
      database: database.name,
      // Of the inbox the room tells under the person's own id.
      accountId: userId,
      onChange: () => void this.refresh(),
      onQuotes: () => undefined,
      onLine: (isLine) => {
        // What was told while there was no line is asked for.
        if (isLine && !isTold) void this.refresh();
        isTold = isLine;
      },
    });
    const again = () => document.visibilityState === 'visible' && void this.refresh();
    const timer = setInterval(() => {
      const restMs = isTold ? toldEveryMs : askEveryMs;
      if (Date.now() - (this.heardMs ?? 0) >= restMs) again();
    }, askEveryMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      unfollow();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      this.newest = null;
      this.clear();
      if (account.account?.userId !== userId) this.keep(() => forgetInbox(database));
    };
  }

  override async refresh(): Promise<readonly InboxItem[] | undefined> {
    const items = await super.refresh();
    const { userId, heardMs } = this;
    if (!items || heardMs === null) return undefined;
    this.show(items);
    this.keep(() => keepInbox(database, userId, { heardMs, items }));
    return items;
  }

  /** A device that refuses shows nothing of it while the server is away. */
  private keep(work: () => Promise<void>): void {
    this.keeping = this.keeping.then(work).catch(() => undefined);
  }

  /** A notice for what was told since the last time; at first nothing is new. */
  private show(items: readonly InboxItem[]): void {
    const known = this.newest;
    this.newest = Math.max(known ?? 0, items[0]?.n ?? 0);
    if (known === null) return;
    const fresh = items.filter(({ n, isRead }) => n > known && !isRead).slice(0, mostNotices);
    const isHidden = preferences.current.amounts === 'hidden';
    for (const item of fresh.reverse()) {
      void notify({
        id: `alert-${item.n}`,
        text: toldWords(item, isHidden),
        ...(item.note === '' ? {} : { detail: item.note }),
        tone: 'warning',
        action: { label: say`Read`, run: () => void this.mark(item, true) },
        stay: true,
      });
    }
  }
}

export const inbox = new Inbox({
  page: (asked) => ask((server) => server.alerts.inbox.query(asked)),
  mark: (marking) => ask((server) => server.alerts.mark.mutate(marking)),
  nowMs: Date.now,
});
