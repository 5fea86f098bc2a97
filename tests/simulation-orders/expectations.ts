/** What has to be so at every event, whatever happened before. */
import { finalStates, type Intent, type OrderState } from '#core/broker/intent.ts';
import type { Deal } from '#core/broker/book.ts';
import type { Command } from '#core/broker/messages.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { serverOffsetMs } from './terminal.ts';
import type { TxChanges } from '../../sync/orders/gathered-tx.ts';
import type { KeptAccount } from '../orders/memory-store.ts';
import type { TradeRequest } from '#core/broker/request.ts';

export class Broken extends Error {
  readonly invariant: string;
  constructor(invariant: string, detail: string) {
    super(detail);
    this.invariant = invariant;
  }
}

export interface Expectations {
  committed(changes: TxChanges, before: KeptAccount): void;
  asked(command: Command): void;
  traded(): void;
  acknowledged(request: TradeRequest, intents: readonly Intent[]): void;
  /** The device was told that the request never came. */
  givenUp(request: TradeRequest): void;
  /** Ids of intents that were promised to a device. */
  readonly promised: ReadonlySet<string>;
}

export interface ExpectationParts {
  readonly broker: PaperBroker;
  kept(): KeptAccount;
  nowMs(): number;
  /** Else only what can be seen from outside counts: what is executed, and what is said of it. */
  readonly isInsideSeen: boolean;
  /** Called once, with what was broken first. */
  broken(fault: Broken): void;
}

/** No promise is made of what comes later than this. */
export const promisedMs = 60_000;
/** As long as a link can be stalled, and then some. */
const onItsWayMs = 30_000;

/** What an order was filled by, rather than what closed its position later. */
export const isAskedFor = ({ reason }: Deal): boolean => !['sl', 'tp', 'stop-out'].includes(reason);

export const magicsOf = ({ magic, earlierMagics }: Intent): readonly string[] => [
  magic,
  ...earlierMagics,
];

const nothingCame: ReadonlySet<OrderState> = new Set([
  ...(['expired', 'refused', 'rejected', 'not-executed', 'canceled'] as const),
]);
const handedOut: ReadonlySet<OrderState> = new Set([
  ...(['claimed', 'sent', 'acked', 'executing', 'unknown'] as const),
]);
const mayBegin: ReadonlySet<OrderState> = new Set(['held', 'created', 'retry-wait']);

export function expectations(parts: ExpectationParts): Expectations {
  const { broker, kept, nowMs } = parts;
  const promised = new Set<string>();
  const givenUp = new Set<string>();
  const askedMs = new Map<string, number>();
  const ordersOf = new Map<string, Map<string, number>>();
  const ownerOf = new Map<string, string>();
  let dealsSeen = 0;
  const inside = (invariant: string, detail: string) => {
    if (parts.isInsideSeen) broken(invariant, detail);
  };
  const broken = (invariant: string, detail: string) => parts.broken(new Broken(invariant, detail));

  function commitIntent(next: Intent, before: Intent | undefined): void {
    if (givenUp.has(next.requestId)) broken('what never came comes no more', tellOf(next));
    for (const magic of magicsOf(next)) ownerOf.set(magic, next.id);
    if (next.state === 'manual') inside('nobody has to decide', tellOf(next));
    if (before) {
      if (next.filledLots < before.filledLots) broken('filled never gets less', tellOf(next));
      if (before.state === 'filled' && next.state !== 'filled') {
        broken('filled stays filled', tellOf(next));
      }
      if (next.state === 'created' && !mayBegin.has(before.state)) {
        inside('nothing begins anew', `${before.state} → ${tellOf(next)}`);
      }
      if (next.attempt !== before.attempt && before.state !== 'retry-wait') {
        inside('another attempt only after a sure no', `${before.state} → ${tellOf(next)}`);
      }
    }
    if (nothingCame.has(next.state) && !nothingCame.has(before?.state ?? 'created')) {
      const came = footprintOf(broker, next);
      if (came && !isOnItsWay(next, came))
        broken('what is said to be over is', `${tellOf(next)}, but ${came.what}`);
    }
    if (finalStates.has(next.state) && next.reserved.margin !== 0) {
      inside('nothing is kept free for what is over', tellOf(next));
    }
  }

  /** Done so late that nothing was promised of it, while the answer of the look was under way. */
  const isOnItsWay = ({ id, attempt, state }: Intent, { madeServerMs }: Footprint): boolean => {
    const madeMs = madeServerMs - serverOffsetMs;
    const lateMs = madeMs - (askedMs.get(`${id} ${attempt}`) ?? -Infinity);
    return state === 'not-executed' && lateMs >= promisedMs && nowMs() - madeMs < onItsWayMs;
  };

  return {
    promised,
    committed(changes, before) {
      for (const next of changes.intents) commitIntent(next, before.intents.get(next.id));
      const after = kept();
      for (const id of promised) {
        if (!after.intents.has(id)) broken('what was acknowledged is there', id);
      }
      if (after.account.state === 'halted') {
        broken('nothing halts the account', after.account.haltReason ?? '');
      }
      const opened = changes.intents.filter(
        ({ id, body, state }) =>
          body.t === 'place' && !before.intents.has(id) && !finalStates.has(state),
      );
      if (opened.length > 0) checkAdmission(before, after, broken);
    },
    asked({ id, attempt }) {
      const key = `${id} ${attempt}`;
      const intent = kept().intents.get(id);
      if (askedMs.has(key)) broken('asked at most once', key);
      askedMs.set(key, nowMs());
      if (!intent) return broken('only what is kept is asked', key);
      if (nowMs() > intent.expiresMs) broken('nothing is asked after its time', tellOf(intent));
      if (!handedOut.has(intent.state) || intent.attempt !== attempt) {
        inside('claimed before it is asked', tellOf(intent));
      }
    },
    traded() {
      const deals = broker.deals();
      for (; dealsSeen < deals.length; dealsSeen++) {
        const deal = deals[dealsSeen]!;
        const id = ownerOf.get(deal.magic);
        const intent = id === undefined ? undefined : kept().intents.get(id);
        if (!intent || !isAskedFor(deal)) continue;
        const orders = ordersOf.get(intent.id) ?? new Map<string, number>();
        ordersOf.set(intent.id, orders);
        orders.set(deal.order, (orders.get(deal.order) ?? 0) + deal.volumeLots);
        if (orders.size > 1) broken('executed at most once', tellOf(intent));
        const lots = [...orders.values()].reduce((sum, each) => sum + each, 0);
        const most = 'volumeLots' in intent.body ? intent.body.volumeLots : Infinity;
        if (intent.body.t !== 'close-by' && lots > most + 1e-9) {
          broken('never more than was asked', tellOf(intent));
        }
        const sinceMs = nowMs() - (askedMs.get(`${intent.id} ${intent.attempt}`) ?? 0);
        const isOver = nothingCame.has(intent.state);
        if (isOver && (intent.state !== 'not-executed' || sinceMs < promisedMs)) {
          broken('nothing comes of what is over', `${tellOf(intent)} after ${sinceMs} ms`);
        }
      }
    },
    givenUp: ({ id }) => void givenUp.add(id),
    acknowledged(request, intents) {
      for (const { id } of intents) promised.add(id);
      if (!kept().requests.has(request.id)) broken('what was acknowledged is there', request.id);
    },
  };
}

export const tellOf = ({ id, body, state, attempt, filledLots, reason }: Intent): string =>
  `${body.t} ${id.slice(0, 8)} ${state} attempt ${attempt} filled ${filledLots} ${reason ?? ''}`;

interface Footprint {
  readonly what: string;
  readonly madeServerMs: number;
}

/** What the broker has of it. */
function footprintOf(broker: PaperBroker, intent: Intent): Footprint | null {
  const magics = magicsOf(intent);
  const order = broker.orders().find(({ magic }) => magics.includes(magic));
  if (order && intent.body.t === 'place') {
    return { what: `order ${order.order} works`, madeServerMs: order.placedServerMs };
  }
  const deal = broker.deals().find((each) => magics.includes(each.magic) && isAskedFor(each));
  return deal ? { what: `deal ${deal.deal} was made`, madeServerMs: deal.serverMs } : null;
}

/**
 * Reckoned here once more, from states alone: each order to open whose fate is open is a position
 * that may be.
 */
function checkAdmission(
  before: KeptAccount,
  after: KeptAccount,
  broken: (invariant: string, detail: string) => void,
): void {
  const { broker, limits, peakEquity } = before.account;
  if (!broker) return;
  const drawdown = 1 - broker.equity / Math.max(peakEquity, broker.equity);
  const isOpening = [...after.intents.values()].some(
    ({ id, body, reserved }) =>
      body.t === 'place' &&
      !before.intents.has(id) &&
      // On a netting account an order may only close.
      (broker.mode === 'hedging' || reserved.margin > 0),
  );
  if (isOpening && drawdown > limits.drawdownRatio + 1e-9) {
    broken('nothing is opened after a breach', `drawdown ${drawdown}`);
  }
  const open = [...after.intents.values()].filter(({ state }) => !finalStates.has(state));
  const names = new Set(open.flatMap(magicsOf));
  const foreign = [...after.orders.values()].filter(({ magic }) => !names.has(magic));
  if (broker.mode === 'netting') return;
  // The opening of a reversal waits until its position is gone.
  const may = open.filter(
    ({ body, filledLots, after: closed }) =>
      body.t === 'place' && filledLots === 0 && closed === null,
  );
  const count = after.positions.size + foreign.length + may.length;
  if (count > limits.openPositions) {
    broken('within the limits at admission', `${count} of ${limits.openPositions} positions`);
  }
}
