/** One command at the exchange: asked for once, and looked up by its id for what became of it. */
import type { Command, FoundOrder } from '#core/broker/messages.ts';
import type { Executed } from '../connector.ts';
import { duplicateCode, retcodeOf, wishOf, type CommandView } from './bybit-commands.ts';
import { madeAnswer, orderPage } from './bybit-shapes.ts';
import { foundOf } from './bybit-views.ts';
import type { Asked, ExchangeClient, Params } from './exchange-client.ts';
import { read } from './exchange-look.ts';
import type { LedgerBook } from './ledger-book.ts';
import { positionOfOrder } from './trade-ledger.ts';

export interface OrdersAtExchange {
  readonly client: ExchangeClient;
  readonly ledger: LedgerBook;
  wait(ms: number): Promise<void>;
}

/** An order that is to fill at once is looked up so often before it is called taken only. */
const mostLooks = 4;
const lookAgainMs = 200;
const busyAgainMs = 1_000;

const nothing = { order: null, deal: null, position: null, volumeLots: 0, price: null };

export async function carryOut(
  exchange: OrdersAtExchange,
  view: CommandView,
  command: Command,
): Promise<Executed> {
  const wish = wishOf(command, view);
  if ('retcode' in wish) return { ...nothing, retcode: wish.retcode };
  const asked = await exchange.client.post(wish.path, wish.params);
  if (asked.t === 'busy') return { ...nothing, retcode: 10024 };
  const isNew = command.t === 'place' || command.t === 'close';
  if (asked.t === 'refused' && !(isNew && asked.code === duplicateCode)) {
    return { ...nothing, retcode: retcodeOf(asked.code) };
  }
  if (!isNew) return { ...nothing, retcode: asked.t === 'answer' ? 10009 : 10012 };
  const isAtOnce = command.t === 'close' || command.kind === 'market';
  const found = await lookUp(exchange, { command, isAtOnce, isSure: asked.t === 'answer' });
  const position = command.t === 'close' ? command.position : null;
  if (found) return executedOf({ ...found, position: found.position ?? position }, isAtOnce);
  const made = asked.t === 'answer' ? madeAnswer.safeParse(asked.result) : null;
  if (!made?.success) return { ...nothing, retcode: 10012 };
  return { ...nothing, retcode: 10008, order: made.data.orderId, position };
}

/** Null where nobody can say: it is not there yet, or the exchange cannot be asked. */
async function lookUp(
  exchange: OrdersAtExchange,
  wish: { readonly command: Command; readonly isAtOnce: boolean; readonly isSure: boolean },
): Promise<FoundOrder | null> {
  let found: FoundOrder | null = null;
  for (let n = 0; n < mostLooks; n++) {
    if (n > 0) await exchange.wait(lookAgainMs);
    try {
      found = await findOrder(exchange, wish.command.magic);
    } catch {
      return found;
    }
    const isOpen = found?.state === 'working' || found?.state === 'partial';
    if (found && !(wish.isAtOnce && isOpen)) return found;
    // Nothing was answered, and nothing is there: the server goes on looking.
    if (!found && !wish.isSure) return null;
  }
  return found;
}

function executedOf(found: FoundOrder, isAtOnce: boolean): Executed {
  const { order, position, filledLots: volumeLots, averagePrice: price } = found;
  const known = { order, deal: null, position, volumeLots, price };
  switch (found.state) {
    case 'filled':
      return { ...known, retcode: 10009 };
    case 'working':
    case 'partial':
      return { ...known, retcode: isAtOnce ? 10008 : 10009 };
    case 'canceled':
    case 'expired':
      if (volumeLots > 0) return { ...known, retcode: 10010 };
      // Nothing was to be had within the bound: prices have moved on.
      return { ...nothing, retcode: isAtOnce ? 10020 : 10006 };
    case 'rejected':
      return { ...nothing, retcode: 10006 };
  }
}

/** Null only where the exchange surely shows none; throws where it cannot be asked. */
export async function findOrder(
  exchange: OrdersAtExchange,
  magic: string,
): Promise<FoundOrder | null> {
  const which = { category: 'linear', orderLinkId: magic };
  // What ended goes from the one to the other.
  for (const path of ['v5/order/realtime', 'v5/order/history']) {
    const { list } = await read(await getPatiently(exchange, path, which), orderPage);
    const shown = list.find(({ orderLinkId }) => orderLinkId === magic);
    if (!shown) continue;
    const found = foundOf(shown, positionOfOrder(exchange.ledger.read(), shown));
    if (!found) throw new Error(`the exchange: an order that is ${shown.orderStatus.slice(0, 40)}`);
    return found;
  }
  return null;
}

/** Too many requests at a time are no answer: the same question is put again. */
async function getPatiently(
  { client, wait }: OrdersAtExchange,
  path: string,
  params: Params,
): Promise<Asked> {
  let asked = await client.get(path, params);
  for (let n = 0; n < 3 && asked.t === 'busy'; n++) {
    await wait(busyAgainMs);
    asked = await client.get(path, params);
  }
  return asked;
}
