/** A trader with a paper account, whose alerts are set by calls and looked at in the database. */
import { randomUUID } from 'node:crypto';
import type { AlertCondition } from '../../core/alerts/alert.ts';
import type { AlertView, InboxPage } from '../../core/alerts/alert-views.ts';
import type { LiveSession } from '../../sync/terminals/live-session.ts';
import type { Person } from '../accounts/people.ts';
import { botTrader, type BotTrader } from '../automation/bot-scene.ts';

export interface AlertTrader extends BotTrader {
  readonly userId: string;
  /** Answers its id. */
  set(condition: AlertCondition, change?: Readonly<Record<string, unknown>>): Promise<string>;
  bid(): Promise<number>;
  inbox(): Promise<InboxPage>;
  alerts(): Promise<readonly AlertView[]>;
}

export async function alertTrader(person: Person): Promise<AlertTrader> {
  const trader = await botTrader(await person.signedIn());
  const { who, accountId } = trader;
  return {
    ...trader,
    userId: person.userId,
    async set(condition, change = {}) {
      const input = { ...setting(accountId, condition), ...change };
      return (await who.post<{ alertId: string }>('alerts.set', input)).alertId;
    },
    async bid() {
      const { quotes } = await trader.book();
      return quotes.find(({ symbol }) => symbol === 'EURUSD')!.bid;
    },
    inbox: () => who.get<InboxPage & object>('alerts.inbox', {}),
    alerts: async () => (await who.get<{ alerts: AlertView[] }>('alerts.list')).alerts,
  };
}

/** Somebody whose terminal no server of the test holds: the test does, in a session of its own. */
export async function heldAccount(person: Person) {
  const { userId } = person;
  const session = randomUUID();
  const { accountId } = await person.tradingAccount({ session });
  const who = await person.signedIn();
  const health = { serverOffsetMs: 0 };
  return {
    ...{ userId, accountId, session, who },
    live: (history: object = {}) =>
      ({ userId, accountId, session, health, history }) as unknown as LiveSession,
    set: (condition: object, change: object = {}) =>
      who.post('alerts.set', { ...setting(accountId, condition), ...change }),
  };
}

export function setting(accountId: string, condition: object) {
  return {
    ...{ alertId: randomUUID(), accountId, condition, repeat: 'once', pauseMs: 60_000 },
    ...{ untilMs: null as number | null, channels: ['mail'], note: '' },
  };
}
