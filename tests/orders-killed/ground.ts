/** A trader, their paper account, and a server that can be killed: over a Postgres that lives on. */
import { randomUUID } from 'node:crypto';
import type { BookView, RequestView } from '../../core/broker/views.ts';
import type { OrderTicket, TradeRequest } from '../../core/broker/request.ts';
import { assert } from '../../core/assert.ts';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import { openScene } from '../accounts/scene.ts';
import type { Installation } from '../accounts/installation.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';
import { trappingProxy, type TrappingProxy } from './trapping-proxy.ts';

/** Servers begin here again and again, which on a busy machine takes its time. */
export const mostMs = 300_000;

export interface Trader {
  readonly userId: string;
  /** As each server sees them; given anew after a start. */
  at(server: AnotherServer): Visitor;
}

export interface Ground {
  readonly at: Installation;
  readonly proxy: TrappingProxy;
  /** One that runs paper accounts, reached past the proxy or through it. */
  start(way?: 'direct' | 'watched'): Promise<AnotherServer>;
  trader(): Promise<Trader>;
  close(): Promise<void>;
}

/** The installation's own server keeps the database and runs no paper account. */
export async function openGround(): Promise<Ground> {
  const scene = await openScene({ OFFING_PAPER: 'off' });
  const proxy = await trappingProxy(scene.at.databaseUrl);
  const servers = new Set<AnotherServer>();
  return {
    at: scene.at,
    proxy,
    async start(way = 'watched') {
      const settings = way === 'watched' ? { DATABASE_URL: proxy.url } : {};
      const server = await openAnotherServer(scene.at, settings);
      servers.add(server);
      return server;
    },
    async trader() {
      const person = await scene.people.person();
      const who = await person.signedIn();
      return { userId: person.userId, at: (server) => server.carrying(who) };
    },
    async close() {
      proxy.clear();
      await Promise.all([...servers].map((server) => server.close()));
      await proxy.close();
      await scene.close();
    },
  };
}

/** A paper account that costs nothing and waits for nothing, whose prices are heard already. */
export async function freshAccount(who: Visitor): Promise<BookView> {
  const { accountId } = await who.post<{ accountId: string }>('terminals.addPaper', {
    ...{ name: 'Paper', mode: 'hedging', currency: 'USD', balance: 10_000, leverage: 100 },
    ...{ profile: 'exact', symbols: ['EURUSD'] },
  });
  return priced(who, accountId);
}

export const bookOf = (who: Visitor, accountId: string): Promise<BookView & object> =>
  who.get('orders.book', { accountId, symbols: ['EURUSD'] });

/** As soon as the server has a price of the account, which it may trade at. */
export async function priced(who: Visitor, accountId: string): Promise<BookView> {
  let book = await bookOf(who, accountId);
  await until(async () => {
    if (book.quotes.length === 0) book = await bookOf(who, accountId);
    return book.quotes.length > 0;
  });
  return book;
}

export function buy(accountId: string, { quotes }: BookView, volumeLots = 0.05): TradeRequest {
  const { ask } = quotes[0]!;
  const [sl, tp] = [Number((ask - 0.01).toFixed(5)), Number((ask + 0.02).toFixed(5))];
  const ticket: OrderTicket = {
    ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots, price: null, sl, tp },
    ...{ limitPrice: null, deviationPoints: 1_000, worstPrice: null, lastsUntilMs: null },
  };
  return { id: randomUUID(), accountId, t: 'place', ticket };
}

/** Of the whole position where no volume is given. */
export const closing = (
  accountId: string,
  position: string,
  volumeLots: number | null = null,
): TradeRequest => ({ id: randomUUID(), accountId, t: 'close', position, volumeLots });

/** The intents that the device is told of; null where it hears nothing, or a failure's code. */
export async function submit(
  who: Visitor,
  request: TradeRequest,
): Promise<readonly string[] | string | null> {
  const paths = { close: 'orders.close', trail: 'orders.change', place: 'orders.open' } as const;
  assert(request.t in paths, 'these kinds are enough here');
  const path = paths[request.t as keyof typeof paths];
  const answer = await who.try('POST', path, { request }).catch(() => null);
  if (!answer) return null;
  if (answer.failure !== null) return answer.failure;
  return (answer.data as unknown as RequestView).intents.map(({ id }) => id);
}
