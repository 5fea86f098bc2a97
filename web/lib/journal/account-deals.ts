/** Keeps the deals of connected accounts coming while a page is open: at its start, and as it is told. */
import type { AccountView } from '#core/broker/views.ts';
import { call, type Answer } from '../account/api.ts';
import { database } from '../state/database.ts';
import { followTrading } from '../trading/trading-news.ts';
import { ok } from '#core/result.ts';
import { pullDeals, type DealServer } from './deal-puller.ts';

/** Changes come in bursts, and a deal is there a moment after them. */
const gatherMs = 2_000;
/** Where nobody tells of changes. */
const everyMs = 10 * 60_000;
/** Names and clocks hardly change. */
const listedForMs = 60_000;

/** Until the returned function is called. */
export function followAccountDeals(): () => void {
  const server = dealServer();
  /** Null: of all accounts. */
  const due = new Set<string | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPulling = false;
  async function pull(): Promise<void> {
    timer = undefined;
    if (isPulling || due.size === 0) return;
    isPulling = true;
    const wanted = due.has(null) ? [null] : [...due];
    due.clear();
    // Where the storage fails, pages say it that read what is stored.
    await inOneTab(async () => {
      for (const accountId of wanted)
        await pullDeals({ database, server, nowMs: Date.now }, accountId);
    }).catch(() => undefined);
    isPulling = false;
    if (due.size > 0) soon();
  }
  const soon = () => (timer ??= setTimeout(() => void pull(), gatherMs));
  const want = (accountId: string | null) => {
    due.add(accountId);
    soon();
  };
  const all = () => want(null);
  const unfollow = followTrading({
    ...{ database: database.name, accountId: null },
    onChange: want,
    onQuotes: () => undefined,
    onLine: () => undefined,
  });
  const clock = setInterval(() => document.visibilityState === 'visible' && all(), everyMs);
  addEventListener('online', all);
  all();
  return () => {
    unfollow();
    removeEventListener('online', all);
    clearInterval(clock);
    clearTimeout(timer);
    due.clear();
  };
}

/** Another tab that is at it brings them here as well. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  const name = `${database.name}.deals`;
  await navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

function dealServer(): DealServer {
  let listed: { readonly atMs: number; readonly answer: Answer<readonly AccountView[]> } | null =
    null;
  return {
    async accounts() {
      if (listed?.answer.ok && Date.now() - listed.atMs < listedForMs) return listed.answer;
      const answer = await call((server) => server.terminals.list.query());
      listed = { atMs: Date.now(), answer: answer.ok ? ok(answer.value.accounts) : answer };
      return listed.answer;
    },
    deals: ({ accountId, after }) =>
      call((server) => server.journal.deals.query({ accountId, ...(after ? { after } : {}) })),
  };
}
