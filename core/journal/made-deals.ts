/** Deals for tests: plain ones by hand, and accounts at random with what became of them. */
import type { JournalDeal } from './journal-deal.ts';

const plain: JournalDeal = {
  account: '100@Demo',
  deal: '1',
  order: '1',
  position: '',
  symbol: 'EURUSD',
  kind: 'buy',
  entry: 'in',
  volumeLots: 0.1,
  price: 1.1,
  commission: 0,
  fee: 0,
  swap: 0,
  profit: 0,
  comment: '',
  atMs: 0,
  sl: null,
  tp: null,
};

export function madeDeal(parts: Partial<JournalDeal>): JournalDeal {
  return { ...plain, order: parts.deal ?? '1', ...parts };
}
