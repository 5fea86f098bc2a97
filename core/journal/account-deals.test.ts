import { expect, it } from 'vitest';
import { serverZone } from '../broker/server-zone.ts';
import { dealsOfAccount, journalAccount, type AccountDeal } from './account-deals.ts';

const dealt = (deal: string, serverMs: number): AccountDeal => ({
  ...{ deal, order: '7', position: '7', symbol: 'EURUSD', kind: 'buy', entry: 'in', comment: 'x' },
  ...{ volumeLots: 1, price: 1.1, commission: -1, swap: 0, profit: 0, reason: 'client' },
  ...{ sl: 1.09, tp: null, serverMs },
});

it('tells deals by UTC as the broker’s clock was then, whatever it is now', () => {
  const hourMs = 3_600_000;
  const nowMs = Date.UTC(2026, 0, 15);
  const zone = serverZone({ offsetMs: 2 * hourMs, nowMs }, 'with-seasons');
  // In winter, in summer, and within the hour that is skipped in March and that which is twice.
  const walls = [
    Date.UTC(2025, 1, 3, 12),
    Date.UTC(2025, 2, 9, 9, 30),
    Date.UTC(2025, 6, 3, 12),
    Date.UTC(2025, 10, 2, 8, 30),
    Date.UTC(2025, 10, 2, 8, 30),
  ];
  const deals = walls.map((wall, at) => dealt(String(at), wall));
  const told = dealsOfAccount(deals, { account: '1@B', zone });
  expect(told.map(({ atMs }, at) => (walls[at]! - atMs) / hourMs)).toEqual([2, 3, 3, 3, 3]);
  expect(told[0]).toEqual({
    ...{ account: '1@B', deal: '0', order: '7', position: '7', symbol: 'EURUSD', kind: 'buy' },
    ...{ entry: 'in', volumeLots: 1, price: 1.1, commission: -1, fee: 0, swap: 0, profit: 0 },
    ...{ comment: 'x', atMs: Date.UTC(2025, 1, 3, 10), sl: 1.09, tp: null },
  });
});

it('names an account as reports of MetaTrader do', () => {
  expect(journalAccount({ login: '51234567', brokerServer: 'Example-Demo' })).toBe(
    '51234567@Example-Demo',
  );
});
