/** Takes over what a terminal shows: its account, positions and working orders. */
import type { BrokerAccount, Position, WorkingOrder } from '#core/broker/book.ts';
import { commentOf } from '#core/broker/identity.ts';
import type { Intent } from '#core/broker/intent.ts';
import type { HeldOrder, HeldPosition, OrderTx } from './order-store.ts';
import { halt, isOtherAccount } from './session.ts';
import { step } from './step.ts';

/** When worth was last written down, and how much it was; of one session. */
export interface EquityNote {
  atMs: number;
  balance: number;
}

const equityEachMs = 60_000;

/** False where another account is behind the pairing: the account is halted, nothing is taken. */
export async function takeAccount(
  tx: OrderTx,
  account: BrokerAccount,
  note: EquityNote,
  nowMs: number,
): Promise<boolean> {
  if (isOtherAccount(tx.account.bound, account)) {
    const { login, brokerServer } = account;
    await halt(tx, 'other-account', { login, brokerServer });
    return false;
  }
  const peakEquity = Math.max(tx.account.peakEquity, account.equity);
  await tx.saveAccount({ broker: account, peakEquity });
  if (nowMs - note.atMs >= equityEachMs || note.balance !== account.balance) {
    await tx.addEquity(nowMs, account.balance, account.equity);
    note.atMs = nowMs;
    note.balance = account.balance;
  }
  return true;
}

/** What the terminal shows is so; what it does not show is another question. */
export async function takeBook(
  tx: OrderTx,
  positions: readonly Position[],
  orders: readonly WorkingOrder[],
  nowMs: number,
): Promise<void> {
  const [heldPositions, heldOrders] = await Promise.all([tx.positions(), tx.orders()]);
  const owner = await ownersOf(tx, [...positions, ...orders], [...heldPositions, ...heldOrders]);
  await takePositions(tx, positions, { held: heldPositions, owner });
  for (const shown of orders) {
    const before = heldOrders.find(({ order }) => order === shown.order);
    const intentId = before?.intentId ?? owner(shown)?.id ?? null;
    await saveIfNew(before, { ...shown, intentId }, (held) => tx.saveOrder(held));
  }
  await tellWorking(tx, orders, nowMs);
}

type Item = Position | WorkingOrder;

/** Whose an item is: by its magic number, and where a broker took that away by its comment. */
async function ownersOf(
  tx: OrderTx,
  items: readonly Item[],
  known: readonly (HeldPosition | HeldOrder)[],
): Promise<(item: Item) => Intent | undefined> {
  const knownMagics = new Set(known.map(({ magic }) => magic));
  const fresh = items.filter(({ magic }) => !knownMagics.has(magic));
  if (fresh.length === 0) return () => undefined;
  const magics = [...new Set(fresh.map(({ magic }) => magic).filter(isMagic))];
  const [byMagic, open] = await Promise.all([tx.intentsOf(magics, []), tx.openIntents()]);
  const ofMagic = new Map(
    byMagic.flatMap((intent) =>
      [intent.magic, ...intent.earlierMagics].map((magic) => [magic, intent] as const),
    ),
  );
  const ofComment = new Map(open.map((intent) => [commentOf(intent.id), intent]));
  return ({ magic, comment }) => ofMagic.get(magic) ?? ofComment.get(comment);
}

export const isMagic = (magic: string): boolean => magic !== '' && magic !== '0';

async function takePositions(
  tx: OrderTx,
  positions: readonly Position[],
  {
    held,
    owner,
  }: {
    readonly held: readonly HeldPosition[];
    readonly owner: (item: Item) => Intent | undefined;
  },
): Promise<void> {
  const before = new Map(held.map((each) => [each.position, each]));
  for (const shown of positions) {
    const known = before.get(shown.position);
    const intentId = known?.intentId ?? owner(shown)?.id ?? null;
    const taken = { ...shown, intentId, missingSinceMs: null, misses: 0, closedLots: 0 };
    await saveIfNew(known, taken, (each) => tx.savePosition(each));
  }
}

/** A snapshot tells thousands of things of which hardly one has changed. */
async function saveIfNew<T extends object>(
  before: T | undefined,
  now: T,
  save: (item: T) => Promise<void>,
): Promise<void> {
  const isSame =
    before !== undefined &&
    (Object.keys(now) as (keyof T)[]).every((name) => before[name] === now[name]);
  if (!isSame) await save(now);
}

/** A working order is evidence that its intent was taken. */
async function tellWorking(
  tx: OrderTx,
  orders: readonly WorkingOrder[],
  nowMs: number,
): Promise<void> {
  const magics = orders.map(({ magic }) => magic).filter(isMagic);
  const tickets = orders.map(({ order }) => order);
  const byTicket = new Map(orders.map((shown) => [shown.order, shown]));
  for (const intent of await tx.intentsOf(magics, tickets)) {
    if (intent.body.t !== 'place') continue;
    const own = [intent.magic, ...intent.earlierMagics];
    const shown =
      byTicket.get(intent.order ?? '') ?? orders.find(({ magic }) => own.includes(magic));
    if (shown) await tellWorkingOne(tx, intent, shown, nowMs);
  }
}

/** As the connector would answer if it was asked for the fate. */
async function tellWorkingOne(
  tx: OrderTx,
  intent: Intent,
  shown: WorkingOrder,
  nowMs: number,
): Promise<void> {
  const { id, attempt, filledLots, averagePrice, position } = intent;
  const earlier = intent.earlierMagics.indexOf(shown.magic);
  const found = {
    order: shown.order,
    state: 'working',
    position,
    filledLots,
    averagePrice,
  } as const;
  const which = { id, attempt: earlier === -1 ? attempt : earlier + 1, magic: shown.magic };
  const fate = { ...which, journal: 'intent', result: null, found } as const;
  await step(tx, intent, { t: 'fate', fate, isWhole: true }, nowMs);
}
