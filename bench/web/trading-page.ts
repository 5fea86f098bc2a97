/** The real server with its pages, one trader with a paper account and a terminal, and their browser. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type BrowserContext } from '@playwright/test';
import { bookHash } from '../../core/broker/book-hash.ts';
import type { Position } from '../../core/broker/book.ts';
import type { BookView } from '../../core/broker/views.ts';
import { root } from '../../tests/e2e/running.ts';
import { euro } from '../../tests/orders/fake-terminal.ts';
import {
  account,
  openTerminal,
  type ScriptedTerminal,
} from '../../tests/terminals/scripted-terminal.ts';
import { startMeasuredServer } from '../server/measured-server.ts';
import { makeTraders } from '../server/traders.ts';

export interface TradingPage {
  readonly address: string;
  readonly context: BrowserContext;
  /** On paper, without latency, slippage or swap; one click sends there. */
  readonly paperId: string;
  /** At a terminal that holds a position in each of many symbols. */
  readonly terminalId: string;
  call<T>(method: 'GET' | 'POST', path: string, input: unknown): Promise<T>;
  /** Sends so many prices of each symbol a second, until the returned function is called. */
  stream(perSecond: number): () => void;
  close(): Promise<void>;
}

const limits = ['auth', 'data', 'replication', 'operations', 'transfer', 'trading', 'watching']
  .map((name) => `${name}=9000000/9000000`)
  .join(',');

const positionOf = (symbol: string, n: number): Position => ({
  ...{ position: `${n}`, ticket: `${n}`, symbol, side: n % 2 ? 'sell' : 'buy', volumeLots: 0.1 },
  ...{ openPrice: 1.1, openedServerMs: 1, sl: null, tp: null, swap: 0, profit: 0, magic: '0' },
  comment: '',
});

export async function openTradingPage(symbols: readonly string[]): Promise<TradingPage> {
  const server = await startMeasuredServer({
    ...{ OFFING_PAGES: join(root, 'build'), OFFING_LIMITS: limits },
  });
  const { address } = server;
  const [trader] = await makeTraders(server, 1);
  const { userId, sessionCookie } = trader!;
  const call = async <T>(method: 'GET' | 'POST', path: string, input: unknown): Promise<T> => {
    const query = method === 'GET' ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
    const answer = await fetch(`${address}/trpc/${path}${query}`, {
      method,
      headers: {
        ...{ 'Content-Type': 'application/json', 'X-Offing-Client': 'bench' },
        Cookie: sessionCookie,
      },
      ...(method === 'POST' && { body: JSON.stringify(input) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return ((await answer.json()) as { result: { data: T } }).result.data;
  };
  const paper = await call<{ accountId: string }>('POST', 'terminals.addPaper', {
    ...{ name: 'Bench', mode: 'hedging', currency: 'USD', balance: 1e6, leverage: 100 },
    profile: 'exact',
  });
  const made = await call<{ accountId: string; code: string }>('POST', 'terminals.pair', {
    name: 'Fifty symbols',
  });
  const token = made.code.slice(made.accountId.length + 1);
  const terminal = await openTerminal({ address, accountId: made.accountId, token });
  const tending = tend(terminal, symbols);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(120_000);
  const [name = '', value = ''] = sessionCookie.split('=');
  await context.addCookies([{ name, value, url: address }]);
  await context.addInitScript(
    ({ key, terms }) => localStorage.setItem(key, JSON.stringify(terms)),
    {
      key: `offing.sending.${userId}.${paper.accountId}`,
      terms: {
        asksFirst: false,
        oneClick: { isOn: true, acceptedMs: 1, maxLots: 1, maxSpreadPoints: 1_000 },
      },
    },
  );
  return {
    ...{ address, context, call, paperId: paper.accountId, terminalId: made.accountId },
    stream: (perSecond) => stream(terminal, symbols, perSecond),
    async close() {
      clearInterval(tending);
      await browser.close();
      await terminal.close();
      await server.end();
    },
  };
}

/** Says what it has, and answers what it is asked. */
function tend(terminal: ScriptedTerminal, symbols: readonly string[]): NodeJS.Timeout {
  const positions = symbols.map(positionOf);
  let heard = 0;
  let beatenMs = 0;
  terminal.beat();
  terminal.say({ t: 'account', account });
  terminal.say({ t: 'symbols', instruments: symbols.map((symbol) => ({ ...euro, symbol })) });
  return setInterval(() => {
    if (performance.now() - beatenMs > 2_000) {
      terminal.beat();
      beatenMs = performance.now();
    }
    for (; heard < terminal.heard.length; heard++) {
      const asked = terminal.heard[heard]!;
      if (asked.t === 'snapshot') {
        terminal.say({
          ...{ t: 'snapshot', hash: bookHash(positions, []), isConnected: true, account },
          ...{ positions, orders: [] },
        });
      } else if (asked.t === 'deals') {
        const { request } = asked;
        terminal.say({ t: 'deals', request, isWhole: true, hasMore: false, deals: [] });
      } else if (asked.t === 'fate') {
        terminal.say({ t: 'fates', request: asked.request, isWhole: true, fates: [] });
      }
    }
  }, 50);
}

function stream(
  terminal: ScriptedTerminal,
  symbols: readonly string[],
  perSecond: number,
): () => void {
  let turns = 0;
  const timer = setInterval(() => {
    turns++;
    const quotes = symbols.map((symbol, n) => {
      const bid = 1.1 + ((turns * 7 + n) % 100) / 100_000;
      return [symbol, bid, bid + 0.0001, Date.now()] as const;
    });
    terminal.say({ t: 'quotes', quotes });
  }, 1_000 / perSecond);
  return () => clearInterval(timer);
}

/** Until the paper account is priced. */
export async function priced({ call, paperId }: TradingPage): Promise<void> {
  for (;;) {
    const { quotes } = await call<BookView>('GET', 'orders.book', {
      ...{ accountId: paperId, symbols: ['EURUSD'] },
    });
    if (quotes.length > 0) return;
    await wait(100);
  }
}

/** Closes all that is open on paper. */
export async function closeAll({ call, paperId: accountId }: TradingPage): Promise<void> {
  const wish = { t: 'close-all', symbol: null, ordersToo: true };
  await call('POST', 'orders.close', { request: { id: randomUUID(), accountId, ...wish } });
}
