/**
 * How things stand today, asked of the server while a component is there, and what was kept of the
 * last answer while it is away. Call `follow()` while the component is set up.
 */
import type { AlertView, InboxPage } from '#core/alerts/alert-views.ts';
import type { SeenEquityView } from '#core/broker/views.ts';
import { asked, type Asked } from '../account/asked.svelte.ts';
import { Bots } from '../bots/bots.svelte.ts';
import { server } from '#lib/state/server.svelte.ts';
import { preferences } from '../state/preferences.svelte.ts';
import { Accounts } from '../trading/accounts.svelte.ts';
import { Holdings } from '../trading/portfolio/holdings.svelte.ts';
import { aheadMs } from '../words/times.ts';
import { keepToday, readToday } from './kept-today.ts';
import { dayStart, todayOf, unknownState, type Today } from './today.ts';

const everyMs = 60_000;
const keepEveryMs = 15_000;
const backMs = 3 * 86_400_000;

export class TodayFeed {
  private readonly accounts = new Accounts();
  private readonly holdings = new Holdings();
  private readonly bots = new Bots();
  private seen: Asked<{ readonly accounts: readonly SeenEquityView[] }> | null = null;
  private alerts: Asked<{ readonly alerts: readonly AlertView[] }> | null = null;
  private told: Asked<InboxPage> | null = null;
  private kept = $state.raw<Today | null>(null);
  private nowMs = $state(Date.now());
  private keptMs = 0;
  private readonly dayStartMs: number = $derived(
    dayStart(this.nowMs, aheadMs(this.nowMs, preferences.current.times)),
  );
  private readonly live: Today | null = $derived.by(() => {
    const { list: accounts } = this.accounts;
    const { list: holdings } = this.holdings;
    if (!accounts || !holdings) return null;
    return todayOf({
      ...{ accounts, holdings, bots: this.bots.list ?? [] },
      ...{ seen: this.seen?.value?.accounts ?? [], dayStartMs: this.dayStartMs },
      alerts: this.alerts?.value?.alerts ?? [],
      told: this.told?.value ?? { items: [], unread: 0 },
      nowMs: this.nowMs,
    });
  });

  get value(): Today | null {
    if (!this.live) return this.kept;
    return this.isLive ? this.live : asKept(this.live);
  }
  /** What is shown was asked for in this visit, and the server has answered since. */
  get isLive(): boolean {
    const isAway = server.status === 'unreachable' || server.status === 'offline';
    return this.live !== null && this.holdings.failure === null && !isAway;
  }

  follow(): void {
    this.accounts.follow({ everyMs });
    this.holdings.follow();
    this.bots.follow({ everyMs });
    this.seen = asked(
      (server) => server.orders.worth.query({ fromMs: this.dayStartMs - backMs }),
      () => this.dayStartMs,
    );
    const eachMinute = () => this.nowMs;
    this.alerts = asked((server) => server.alerts.list.query(), eachMinute);
    this.told = asked((server) => server.alerts.inbox.query({}), eachMinute);
    $effect(() => {
      void readToday().then((kept) => (this.kept = kept && asKept(kept)));
      const timer = setInterval(() => (this.nowMs = Date.now()), everyMs);
      return () => clearInterval(timer);
    });
    $effect(() => {
      const { live } = this;
      // Half an answer would be kept as if it were all.
      if (!live || !this.bots.list || !this.seen?.value || !this.told?.value) return;
      if (Date.now() - this.keptMs < keepEveryMs) return;
      this.keptMs = Date.now();
      // A device that refuses shows nothing while the server is away.
      keepToday(live).catch(() => undefined);
    });
  }
}

/** How a terminal stands is true of the moment alone. */
function asKept(today: Today): Today {
  return {
    ...today,
    accounts: today.accounts.map((each) => ({ ...each, state: unknownState })),
  };
}
