/** What has to be so once nothing goes wrong any more and time has passed. */
import { finalStates, type Intent } from '#core/broker/intent.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import type { KeptAccount } from '../orders/memory-store.ts';
import { Broken, isAskedFor, magicsOf, tellOf } from './expectations.ts';

export function faultAtRest(kept: KeptAccount, broker: PaperBroker): Broken | null {
  try {
    checkBook(kept, broker);
    checkMoney(kept, broker);
    for (const intent of kept.intents.values()) checkIntent(intent, broker);
    return null;
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

function checkBook(kept: KeptAccount, broker: PaperBroker): void {
  const positions = (
    all: Iterable<{ position: string; volumeLots: number; sl: unknown; tp: unknown }>,
  ) => [...all].map((held) => `${held.position} ${held.volumeLots} ${held.sl} ${held.tp}`).sort();
  const orders = (all: Iterable<{ order: string; volumeLots: number; price: number }>) =>
    [...all].map((held) => `${held.order} ${held.volumeLots} ${held.price}`).sort();
  same(
    "positions are the terminal's",
    positions(kept.positions.values()),
    positions(broker.positions()),
  );
  same("orders are the terminal's", orders(kept.orders.values()), orders(broker.orders()));
  for (const held of kept.positions.values()) {
    if (held.closedLots !== 0)
      throw new Broken("positions are the terminal's", `${held.position} closes`);
  }
}

function checkMoney(kept: KeptAccount, broker: PaperBroker): void {
  const sum = (deals: Iterable<{ profit: number; swap: number; commission: number }>) =>
    [...deals]
      .reduce((total, { profit, swap, commission }) => total + profit + swap + commission, 0)
      .toFixed(2);
  const balance = broker.account().balance.toFixed(2);
  same('balance is the sum of deals', [sum(broker.deals())], [balance]);
  same('balance is the sum of deals', [sum(kept.deals.values())], [balance]);
  same("balance is the terminal's", [kept.account.broker!.balance.toFixed(2)], [balance]);
}

function same(invariant: string, ours: readonly string[], theirs: readonly string[]): void {
  if (ours.join('; ') === theirs.join('; ')) return;
  throw new Broken(invariant, `here ${ours.join('; ')}, there ${theirs.join('; ')}`);
}

function checkIntent(intent: Intent, broker: PaperBroker): void {
  const magics = magicsOf(intent);
  const isWorking = broker.orders().some(({ magic }) => magics.includes(magic));
  const { state, body } = intent;
  const isOpen = !finalStates.has(state);
  if (isOpen && !isWorking) {
    throw new Broken('every fate is known', tellOf(intent));
  }
  if (!isOpen && isWorking) {
    throw new Broken('what is over does not work', tellOf(intent));
  }
  if (body.t === 'cancel' && state === 'done') {
    const isThere = broker.orders().some(({ order }) => order === body.order);
    if (isThere) throw new Broken('what is canceled is gone', tellOf(intent));
  }
  if (body.t === 'cancel' || body.t === 'modify' || body.t === 'close-by') return;
  const lots = broker
    .deals()
    .filter((deal) => magics.includes(deal.magic) && isAskedFor(deal))
    .reduce((sum, { volumeLots }) => sum + volumeLots, 0);
  if (Math.abs(lots - intent.filledLots) > 1e-7) {
    throw new Broken('filled is what the deals say', `${tellOf(intent)}, but ${lots}`);
  }
  const isWhole = lots >= body.volumeLots - 1e-7;
  // A close may have found less than it asked for, and that was all there was.
  const isFilled = state === 'filled' && (isWhole || (body.t === 'close' && lots > 0));
  const isRest = lots > 0 && !isWhole && (state === 'partial-canceled' || isOpen);
  const isNothing = lots === 0 && state !== 'filled' && state !== 'partial-canceled';
  if (!isFilled && !isRest && !isNothing) {
    throw new Broken('filled if and only if there are deals', `${tellOf(intent)}, ${lots}`);
  }
}
