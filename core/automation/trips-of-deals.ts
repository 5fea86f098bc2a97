/** The trips of a bot out of the broker's deals on its positions. */
import { cents, type BotTrip, type LeavingReason } from './bot-book.ts';
import type { TimedDeal } from './timed-deals.ts';

/** What is open of a position; further entries of a net join it at the mean price. */
interface Entered {
  readonly side: 1 | -1;
  readonly lots: number;
  readonly entryMs: number;
  readonly price: number;
  /** Account money that what is open was entered for. */
  readonly commission: number;
}

/**
 * Oldest first. `deals` are those of the bot's own positions in the order of the broker's time;
 * one whose entry is not among them tells nothing.
 */
export function tripsOfDeals(deals: readonly TimedDeal[]): readonly BotTrip[] {
  const entered = new Map<string, Entered>();
  const trips: BotTrip[] = [];
  for (const deal of deals) {
    const held = entered.get(deal.position);
    if (deal.entry === 'in') entered.set(deal.position, joined(held, deal));
    else if (held && (deal.entry === 'out' || deal.entry === 'out-by')) {
      const rest = leftOf(held, deal);
      trips.push({ ...tripOf(held, deal), ...(rest && { leavesRest: true }) });
      if (rest) entered.set(deal.position, rest);
      else entered.delete(deal.position);
    } else if (held && deal.entry === 'inout') {
      trips.push(tripOf(held, { ...deal, volumeLots: held.lots }));
      const rest = withoutDust(deal.volumeLots - held.lots);
      entered.set(deal.position, joined(undefined, { ...deal, volumeLots: rest }));
    }
  }
  return trips;
}

function joined(held: Entered | undefined, deal: TimedDeal): Entered {
  const { volumeLots, price, commission, atMs: entryMs } = deal;
  const side = deal.kind === 'buy' ? 1 : -1;
  if (!held) return { side, lots: volumeLots, entryMs, price, commission };
  const lots = held.lots + volumeLots;
  return {
    ...held,
    lots,
    price: (held.lots * held.price + volumeLots * price) / lots,
    commission: held.commission + commission,
  };
}

/** What stays open beside the deal; null = nothing. */
function leftOf(held: Entered, { volumeLots }: TimedDeal): Entered | null {
  const lots = withoutDust(held.lots - volumeLots);
  if (lots <= 0) return null;
  return { ...held, lots, commission: cents(held.commission - entryCost(held, volumeLots)) };
}

/** Part of the entry's commission for so much of what is open. */
function entryCost({ lots, commission }: Entered, closedLots: number): number {
  return closedLots < lots ? cents((commission * closedLots) / lots) : commission;
}

const withoutDust = (lots: number): number => Number(lots.toFixed(8));

function tripOf(held: Entered, deal: TimedDeal): BotTrip {
  const commission = cents(entryCost(held, deal.volumeLots) + deal.commission);
  return {
    position: deal.position,
    side: held.side,
    lots: deal.volumeLots,
    entryMs: held.entryMs,
    exitMs: deal.atMs,
    entryPrice: held.price,
    exitPrice: deal.price,
    profit: cents(deal.profit + deal.swap + commission),
    commission,
    swap: deal.swap,
    reason: reasons[deal.reason],
    exitOrder: deal.order,
  };
}

const reasons: Readonly<Record<TimedDeal['reason'], LeavingReason>> = {
  client: 'other',
  program: 'rule',
  sl: 'stop',
  tp: 'target',
  'stop-out': 'stop-out',
  other: 'other',
};
