/** What was told and what of it is unread, as the server has it: newest first, and older on asking. */
import type { InboxItem, InboxPage } from '#core/alerts/alert-views.ts';
import type { Answer, CallFailure } from '../account/api.ts';

export type Marking = { t: 'some'; ns: number[]; isRead: boolean } | { t: 'all'; upTo: number };

export interface InboxCalls {
  page(asked: { before?: number }): Promise<Answer<InboxPage>>;
  mark(marking: Marking): Promise<Answer<{ readonly unread: number }>>;
  nowMs(): number;
}

export class InboxList {
  items = $state.raw<readonly InboxItem[] | undefined>(undefined);
  unread = $state(0);
  before = $state<number | null>(null);
  failure = $state.raw<CallFailure | null>(null);
  /** When the server last said what is there; null = not yet. */
  heardMs = $state<number | null>(null);
  /** Rises with whatever may have changed of alerts. */
  changes = $state(0);
  busy = $state(false);
  private readonly calls: InboxCalls;
  /** Looks are numbered: an answer to one that is older than what is shown says nothing. */
  private asked = 0;
  private shown = 0;
  /** Rises when somebody signs out: what comes after that was for another. */
  private person = 0;

  constructor(calls: InboxCalls) {
    this.calls = calls;
  }

  /** Whose it was has signed out. */
  clear(): void {
    this.person++;
    Object.assign(this, { items: undefined, unread: 0, before: null });
    Object.assign(this, { failure: null, heardMs: null });
  }

  /** Answers the newest ones; undefined where there is no answer, or it came too late. */
  async refresh(): Promise<readonly InboxItem[] | undefined> {
    const turn = ++this.asked;
    const { person } = this;
    const answer = await this.calls.page({});
    if (person !== this.person || turn < this.shown) return undefined;
    this.shown = turn;
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return undefined;
    this.heardMs = this.calls.nowMs();
    this.take(answer.value);
    this.changes++;
    return answer.value.items;
  }

  /** Puts the newest ones before the older ones that were loaded, where they join. */
  private take({ items, unread, before }: InboxPage): void {
    const loaded = this.items ?? [];
    const last = before === null ? undefined : items.at(-1)?.n;
    const joins = last !== undefined && last <= (loaded[0]?.n ?? -Infinity);
    const older = joins ? loaded.filter(({ n }) => n < last) : [];
    // Of older ones the server was not asked again: only that all were read is known of them.
    const known = unread === 0 ? older.map((each) => ({ ...each, isRead: true })) : older;
    this.items = [...items, ...known];
    this.unread = unread;
    if (older.length === 0) this.before = before;
  }

  async more(): Promise<void> {
    const { before } = this;
    if (before === null || this.busy) return;
    this.busy = true;
    const answer = await this.calls.page({ before });
    this.busy = false;
    // The list was begun anew meanwhile, and ends elsewhere.
    if (this.before !== before) return;
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
    marking: Marking,
    isMeant: (item: InboxItem) => boolean,
    isRead: boolean,
  ): Promise<void> {
    const { person } = this;
    const answer = await this.calls.mark(marking);
    if (person !== this.person) return;
    this.failure = answer.ok ? null : answer.error;
    if (!answer.ok) return;
    this.unread = answer.value.unread;
    this.items = this.items?.map((each) => (isMeant(each) ? { ...each, isRead } : each));
  }
}
