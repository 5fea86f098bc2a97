/**
 * An exchange of a test: speaks as much of Bybit's REST as the connector asks, one position a
 * symbol, market orders filled at once, and goes wrong where it is told to.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  /** Status 500, nothing done. */
  | 'failed'
  /** Status 429, nothing done. */
  | 'too-many'
  /** No JSON. */
  | 'noise'
  /** JSON that cannot be true. */
  | 'nonsense'
  /** Done, and the line breaks before the answer. */
  | 'reply-lost'
  /** The line breaks, and nothing is done. */
  | 'request-lost'
  /** Nothing is done, and the answer never comes. */
  | 'silent';

interface FakeOrder {
  readonly orderId: string;
  readonly orderLinkId: string;
  readonly side: 'Buy' | 'Sell';
  readonly orderType: 'Limit' | 'Market';
  readonly qty: string;
  readonly triggerPrice: string;
  price: string;
  stopLoss: string;
  takeProfit: string;
  orderStatus: string;
  cumExecQty: number;
  avgPrice: string;
  readonly createdTime: string;
}

export interface FakeExchange {
  readonly url: string;
  bid: number;
  ask: number;
  /** Permissions of the key. */
  canWithdraw: boolean;
  /** Of the next requests of a path, one each; `isLookUp`: of those that look for one order. */
  readonly faults: { readonly path: string; readonly fault: Fault; readonly isLookUp?: true }[];
  /** Bodies of orders that arrived, done or not. */
  readonly posts: { readonly path: string; readonly body: Record<string, unknown> }[];
  /** Called as one arrives. */
  onPost(): void;
  /** Lots, more than 0 for bought. */
  signedLots: number;
  readonly orders: readonly FakeOrder[];
  /** What resting and waiting orders come to at the present price. */
  move(bid: number): void;
  /** Somebody trades elsewhere. */
  trade(side: 'Buy' | 'Sell', qty: number): void;
  /** While true executions are not shown yet. */
  isLate: boolean;
  close(): Promise<void>;
}

export const fakeSymbol = 'BTCUSDT';
const feeRate = 0.0005;

interface Book {
  signedLots: number;
  averagePrice: number;
  balance: number;
  stopLoss: string;
  takeProfit: string;
  readonly orders: FakeOrder[];
  readonly executions: Record<string, string>[];
}

export async function fakeExchange(): Promise<FakeExchange> {
  const book: Book = {
    ...{ signedLots: 0, averagePrice: 0, balance: 10_000, stopLoss: '', takeProfit: '' },
    ...{ orders: [], executions: [] },
  };
  const server = createServer((request, response) => {
    void answer(fake, book, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const fake: FakeExchange = {
    url: `http://127.0.0.1:${port}`,
    ...{ bid: 50_000, ask: 50_001, canWithdraw: false, isLate: false },
    ...{ faults: [], posts: [], orders: book.orders, onPost: () => undefined },
    get signedLots() {
      return book.signedLots;
    },
    set signedLots(lots) {
      book.signedLots = lots;
      book.averagePrice = fake.bid;
    },
    move(bid) {
      fake.bid = bid;
      fake.ask = bid + 1;
      for (const order of book.orders) if (isDue(fake, order)) fill(fake, book, order);
    },
    trade(side, qty) {
      const order = newOrder(book, { side, qty: String(qty), orderType: 'Market' });
      fill(fake, book, order);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return fake;
}

async function answer(
  fake: FakeExchange,
  book: Book,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', fake.url);
  const path = pathname.slice(1);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  if (request.method === 'POST') {
    fake.posts.push({ path, body });
    fake.onPost();
  }
  const isLookUp = searchParams.has('orderLinkId');
  const isMeant = (each: FakeExchange['faults'][number]) =>
    each.path === path && (each.isLookUp !== true || isLookUp);
  const at = fake.faults.findIndex(isMeant);
  const fault = at === -1 ? null : fake.faults.splice(at, 1)[0]!.fault;
  const say = (status: number, what: string) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(what);
  if (fault === 'failed') return void say(500, 'internal');
  if (fault === 'too-many') return void say(429, 'slow down');
  if (fault === 'noise') return void say(200, '<html>maintenance</html>');
  if (fault === 'request-lost') return void request.socket.destroy();
  if (fault === 'silent') return;
  const isSigned = path.startsWith('v5/market/') || request.headers['x-bapi-sign'] !== undefined;
  const [retCode, result] = isSigned ? resultOf(fake, book, { path, searchParams, body }) : [10004];
  if (fault === 'reply-lost') return void request.socket.destroy();
  const told = fault === 'nonsense' ? { list: [{ symbol: 7 }] } : (result ?? {});
  say(200, JSON.stringify({ retCode, retMsg: '', result: told, time: Date.now() }));
}

interface Asked {
  readonly path: string;
  readonly searchParams: URLSearchParams;
  readonly body: Record<string, unknown>;
}

function resultOf(fake: FakeExchange, book: Book, asked: Asked): readonly [number, unknown?] {
  const { searchParams, body } = asked;
  switch (asked.path) {
    case 'v5/market/time':
      return [0, { timeSecond: '1', timeNano: `${Date.now()}000000` }];
    case 'v5/market/instruments-info':
      return [0, { list: [instrument], nextPageCursor: '' }];
    case 'v5/market/tickers': {
      const prices = { bid1Price: String(fake.bid), ask1Price: String(fake.ask) };
      return [0, { list: [{ symbol: fakeSymbol, ...prices }] }];
    }
    case 'v5/market/kline':
      return searchParams.get('symbol') === fakeSymbol
        ? [0, { list: klines(searchParams) }]
        : [10001];
    case 'v5/user/query-api': {
      const permissions = { Wallet: fake.canWithdraw ? ['Withdraw'] : [] };
      return [0, { userID: 4711, readOnly: 0, permissions }];
    }
    case 'v5/account/wallet-balance': {
      const equity = String(book.balance + profitOf(fake, book));
      const coin = { coin: 'USDT', equity, walletBalance: String(book.balance) };
      return [0, { list: [{ coin: [{ ...coin, totalPositionIM: '0', totalOrderIM: '' }] }] }];
    }
    case 'v5/position/list':
      return [0, { list: positionsOf(fake, book), nextPageCursor: '' }];
    case 'v5/execution/list': {
      const from = Number(searchParams.get('startTime'));
      const to = Number(searchParams.get('endTime'));
      const isIn = ({ execTime }: Record<string, string>) =>
        Number(execTime) >= from && Number(execTime) <= to;
      const shown = fake.isLate ? [] : book.executions.filter(isIn).reverse();
      return [0, page(shown, searchParams)];
    }
    case 'v5/order/realtime':
    case 'v5/order/history':
      return [0, ordersOf(book, asked)];
    case 'v5/order/create':
      return create(fake, book, body);
    case 'v5/order/cancel':
    case 'v5/order/amend':
      return change(book, asked);
    case 'v5/position/trading-stop':
      book.stopLoss = String(body['stopLoss']);
      book.takeProfit = String(body['takeProfit']);
      return [0];
    default:
      return [10404];
  }
}

/** Bars that there are of the fake symbol, whatever their length. */
export const fakeBars = 2_500;
const firstBarMs = 1_700_000_040_000;

/** Newest first, up to and with `end`; each opens where the one before closed. */
function klines(searchParams: URLSearchParams): readonly (readonly string[])[] {
  const minutes = Number(searchParams.get('interval'));
  const end = Number(searchParams.get('end') ?? Infinity);
  const price = (i: number) => 50_000 + (i % 100) / 10;
  return Array.from({ length: fakeBars }, (_, i) => i)
    .filter((i) => firstBarMs + i * minutes * 60_000 <= end)
    .slice(-Number(searchParams.get('limit')))
    .reverse()
    .map((i) => {
      const prices = [price(i), price(i) + 20, price(i) - 20, price(i + 1)];
      return [firstBarMs + i * minutes * 60_000, ...prices, i % 7, 1].map(String);
    });
}

/** Three at a time, so that pages are turned. */
function page(all: readonly unknown[], searchParams: URLSearchParams) {
  const from = Number(searchParams.get('cursor') ?? 0);
  const next = from + 3 < all.length ? String(from + 3) : '';
  return { list: all.slice(from, from + 3), nextPageCursor: next };
}

const isOpen = ({ orderStatus }: FakeOrder) => ['New', 'Untriggered'].includes(orderStatus);

function ordersOf(book: Book, { path, searchParams }: Asked) {
  const link = searchParams.get('orderLinkId');
  const isRealtime = path === 'v5/order/realtime';
  const shown = book.orders
    .filter((order) => isOpen(order) === isRealtime)
    .filter((order) => link === null || order.orderLinkId === link)
    .map((order) => {
      const leavesQty = isOpen(order) ? order.qty : '0';
      const stopOrderType = order.triggerPrice === '' ? '' : 'Stop';
      const cumExecQty = String(order.cumExecQty);
      return { ...order, symbol: fakeSymbol, leavesQty, cumExecQty, stopOrderType };
    });
  return page(shown, searchParams);
}

function create(
  fake: FakeExchange,
  book: Book,
  body: Record<string, unknown>,
): readonly [number, unknown?] {
  if (book.orders.some(({ orderLinkId }) => orderLinkId === body['orderLinkId'])) return [110072];
  const { signedLots } = book;
  const isReducing = body['side'] === 'Sell' ? signedLots > 0 : signedLots < 0;
  if (body['reduceOnly'] === true && !isReducing) return [110017];
  if (Number(body['qty']) > 10) return [110007];
  const order = newOrder(book, body);
  const isAtOnce = body['timeInForce'] === 'IOC' && order.triggerPrice === '';
  if (isDue(fake, order)) fill(fake, book, order);
  else if (isAtOnce) order.orderStatus = 'Cancelled';
  return [0, { orderId: order.orderId, orderLinkId: order.orderLinkId }];
}

function newOrder(book: Book, body: Record<string, unknown>): FakeOrder {
  const text = (name: string) => String(body[name] ?? '');
  const order: FakeOrder = {
    orderId: `order-${book.orders.length + 1}`,
    orderLinkId: text('orderLinkId'),
    side: body['side'] === 'Buy' ? 'Buy' : 'Sell',
    orderType: body['orderType'] === 'Limit' ? 'Limit' : 'Market',
    qty: text('qty'),
    triggerPrice: text('triggerPrice'),
    price: text('price'),
    stopLoss: text('stopLoss'),
    takeProfit: text('takeProfit'),
    orderStatus: body['triggerPrice'] === undefined ? 'New' : 'Untriggered',
    cumExecQty: 0,
    avgPrice: '',
    createdTime: String(Date.now()),
  };
  book.orders.push(order);
  return order;
}

function change(book: Book, { path, body }: Asked): readonly [number, unknown?] {
  const order = book.orders.find((each) => each.orderId === body['orderId'] && isOpen(each));
  if (!order) return [110001];
  if (path === 'v5/order/cancel') order.orderStatus = 'Cancelled';
  else order.price = String(body['price'] ?? order.price);
  return [0, { orderId: order.orderId }];
}

function isDue(fake: FakeExchange, order: FakeOrder): boolean {
  if (!isOpen(order)) return false;
  const price = order.side === 'Buy' ? fake.ask : fake.bid;
  if (order.triggerPrice !== '') return price >= Number(order.triggerPrice);
  if (order.orderType === 'Market') return true;
  return order.side === 'Buy' ? price <= Number(order.price) : price >= Number(order.price);
}

function fill(fake: FakeExchange, book: Book, order: FakeOrder): void {
  const price = order.side === 'Buy' ? fake.ask : fake.bid;
  const qty = Number(order.qty);
  const signed = order.side === 'Buy' ? qty : -qty;
  const before = book.signedLots;
  const isAway = before !== 0 && Math.sign(before) !== Math.sign(signed);
  const closed = isAway ? Math.min(Math.abs(before), qty) : 0;
  const fee = qty * price * feeRate;
  book.balance += closed * (price - book.averagePrice) * Math.sign(before) - fee;
  const left = Math.round((before + signed) * 1e6) / 1e6;
  if (!isAway) book.averagePrice = (book.averagePrice * before + price * signed) / left;
  else if (Math.sign(left) !== Math.sign(before)) book.averagePrice = price;
  book.signedLots = left;
  if (left === 0) [book.stopLoss, book.takeProfit] = ['', ''];
  else if (order.stopLoss !== '') book.stopLoss = order.stopLoss;
  Object.assign(order, { orderStatus: 'Filled', cumExecQty: qty, avgPrice: String(price) });
  book.executions.push({
    execId: `exec-${book.executions.length + 1}`,
    orderId: order.orderId,
    orderLinkId: order.orderLinkId,
    symbol: fakeSymbol,
    side: order.side,
    execType: 'Trade',
    execQty: order.qty,
    execPrice: String(price),
    execFee: fee.toFixed(8),
    execTime: String(Date.now()),
  });
}

function profitOf(fake: FakeExchange, { signedLots, averagePrice }: Book): number {
  return signedLots * ((signedLots > 0 ? fake.bid : fake.ask) - averagePrice);
}

function positionsOf(fake: FakeExchange, book: Book) {
  const { signedLots, averagePrice, stopLoss, takeProfit } = book;
  if (signedLots === 0) return [];
  const side = signedLots > 0 ? 'Buy' : 'Sell';
  const worth = {
    avgPrice: averagePrice.toFixed(8),
    unrealisedPnl: profitOf(fake, book).toFixed(8),
  };
  const levels = { stopLoss, takeProfit, positionIdx: 0 };
  return [{ symbol: fakeSymbol, side, size: String(Math.abs(signedLots)), ...worth, ...levels }];
}

const instrument = {
  symbol: fakeSymbol,
  contractType: 'LinearPerpetual',
  status: 'Trading',
  settleCoin: 'USDT',
  priceFilter: { tickSize: '0.10' },
  lotSizeFilter: {
    minOrderQty: '0.001',
    maxOrderQty: '100',
    maxMktOrderQty: '50',
    qtyStep: '0.001',
  },
};
