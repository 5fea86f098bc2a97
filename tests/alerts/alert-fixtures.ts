/** Calls about alerts, for the walk through the router. */
import { randomUUID } from 'node:crypto';
import type { Fixture } from '../accounts/fixtures.ts';

const none: Fixture = {};

export const alertFixtures: Readonly<Record<string, Fixture>> = {
  'alerts.list': none,
  'alerts.set': {
    input: async (owner) => ({
      ...(await owner.alert()),
      condition: { t: 'price', symbol: 'EURUSD', way: 'touch', price: 1.2 },
      ...{ repeat: 'once', pauseMs: 60_000, untilMs: null, channels: ['mail'], note: 'Look' },
    }),
  },
  'alerts.switch': {
    input: async (owner) => ({ alertId: (await owner.alert()).alertId, isOn: false }),
  },
  'alerts.remove': { input: async (owner) => ({ alertId: (await owner.alert()).alertId }) },
  'alerts.unread': none,
  'alerts.inbox': { input: () => ({}) },
  'alerts.mark': {
    input: async (owner, at) => {
      const { alertId } = await owner.alert();
      const [event] = await at.sql`select n from alert_events where alert_id = ${alertId}`;
      return { t: 'some', ns: [Number(event!['n'])], isRead: true };
    },
  },
  'alerts.pushKey': none,
  'alerts.devices': none,
  'alerts.subscribe': {
    input: () => ({
      endpoint: `https://push.offing.example/${randomUUID()}`,
      keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
    }),
  },
  'alerts.unsubscribe': {
    input: async (owner) => ({ subscriptionId: await owner.pushDevice() }),
  },
};
