/** The inbox of who is signed in, the same for the bell and the page: what was told, what is unread. */
import type { InboxItem } from '#core/alerts/alert-views.ts';
import { toldWords } from '#core/alerts/alert-words.ts';
import type { CallFailure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { database } from '../state/database.ts';
import { notify } from '../state/notices.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { followTrading } from '../trading/trading-news.ts';

/** Where no line to the server tells that something was told. */
const askEveryMs = 60_000;
const mostNotices = 3;

class Inbox {
  items = $state.raw<readonly InboxItem[] | undefined>(undefined);
  unread = $state(0);
  before = $state<number | null>(null);
  failure = $state.raw<CallFailure | null>(null);
  /** Rises with whatever may have changed of alerts. */
  changes = $state(0);
  busy = $state(false);
  private newest: number | null = null;

  /** Keeps it as it is now, and shows what is told meanwhile; until the returned function is called. */
  follow(userId: string): () => void {
    void this.refresh();
    const again = () => document.visibilityState === 'visible' && void this.refresh();
    const unfollow = followTrading({
      database: database.name,
      // Of the inbox the room tells under the person's own id.
      accountId: userId,
      onChange: () => void this.refresh(),
      onQuotes: () => undefined,
      onLine: () => undefined,
    });
    const timer = setInterval(again, askEveryMs);
    document.addEventListener('visibilitychange', again);
    return () => {
      unfollow();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
      Object.assign(this, { items: undefined, unread: 0, before: null, newest: null });
    };
  }

  async refresh(): Promise<void> {
    const answer = await ask((server) => server.alerts.inbox.query({}));
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    const { items, unread, before } = answer.value;
    this.show(items);
    this.items = items;
    this.unread = unread;
    this.before = before;
    this.changes++;
  }

  async more(): Promise<void> {
    const { before } = this;
    if (before === null || this.busy) return;
    this.busy = true;
    const answer = await ask((server) => server.alerts.inbox.query({ before }));
    this.busy = false;
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.items = [...(this.items ?? []), ...answer.value.items];
    this.before = answer.value.before;
  }

  async mark(item: InboxItem, isRead: boolean): Promise<void> {
    const marking = { t: 'some' as const, ns: [item.n], isRead };
    await this.marked(marking, (each) => each.n === item.n, isRead);
  }

  async markAll(): Promise<void> {
    const upTo = this.items?.[0]?.n;
    if (upTo === undefined) return;
    await this.marked({ t: 'all', upTo }, (each) => each.n <= upTo, true);
  }

  private async marked(
    marking: { t: 'some'; ns: number[]; isRead: boolean } | { t: 'all'; upTo: number },
    isMeant: (item: InboxItem) => boolean,
    isRead: boolean,
  ): Promise<void> {
    const answer = await ask((server) => server.alerts.mark.mutate(marking));
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.unread = answer.value.unread;
    this.items = this.items?.map((each) => (isMeant(each) ? { ...each, isRead } : each));
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
        action: { label: 'Read', run: () => void this.mark(item, true) },
        stay: true,
      });
    }
  }
}

export const inbox = new Inbox();
