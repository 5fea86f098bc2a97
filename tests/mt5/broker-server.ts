/**
 * The broker of a compiled terminal: the paper broker over a local socket, and what may go wrong
 * between the two.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { seenBars } from '#sync/terminals/paper/paper-bars.ts';
import type { PaperBroker } from '#sync/terminals/paper/paper-broker.ts';
import { paperSymbols } from '#sync/terminals/paper/paper-symbols.ts';
import type { TerminalTrade } from '#sync/terminals/paper/terminal-trade.ts';
import {
  accountLine,
  dealLine,
  endedLine,
  positionLine,
  symbolLine,
  tradeOf,
  workingLine,
} from './broker-lines.ts';

export type ShownBroker = Pick<
  PaperBroker,
  | 'at'
  | 'account'
  | 'instruments'
  | 'quote'
  | 'positions'
  | 'orders'
  | 'historyOrders'
  | 'deals'
  | 'find'
  | 'trade'
  | 'takeEvents'
>;

/**
 * What comes between a trade and its answer: it is executed and no answer is ever given; it is
 * executed, or not, and the answer is that it took too long; the broker says this code.
 */
export type Accident = 'no-answer' | 'executed-timeout' | 'timeout-lost' | number;

export interface BrokerServer {
  readonly path: string;
  /** Whatever was asked for so far. */
  readonly trades: readonly TerminalTrade[];
  isConnected: boolean;
  /** Befalls the next trades, in this order. */
  readonly accidents: Accident[];
  /** Called once a trade was executed and before it is answered. */
  onTrade: (() => void) | null;
  close(): Promise<void>;
}

/** Brokers count from two hours before us. */
export const offsetMs = 7_200_000;

export async function openBrokerServer(broker: ShownBroker, path: string): Promise<BrokerServer> {
  const sockets = new Set<Socket>();
  const trades: TerminalTrade[] = [];
  const accidents: Accident[] = [];
  const begunMs = Date.now();
  const state = { isConnected: true, onTrade: null as (() => void) | null };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    let shown = '';
    let version = 0;
    const pull = (known: string) => {
      broker.at(Date.now() + offsetMs);
      const content = [...bookLines(broker), ...broker.takeEvents().map(() => 'e')];
      if (content.join('\n') !== shown) version += 1;
      shown = content.join('\n');
      const head = ['v', version, Date.now() + offsetMs, Number(state.isConnected), 31_000, 1];
      return [head.join('\t'), ...(known === String(version) ? [] : content)];
    };
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [what = '', ...fields] = line.split('\t');
        if (what === 'rates') {
          void ratesLines(broker, begunMs, fields).then((found) => {
            socket.write(`${[...found, '.'].join('\n')}\n`);
          });
          continue;
        }
        const answer =
          what === 'pull'
            ? pull(fields[0] ?? '')
            : what === 'trade'
              ? tradeLines(fields)
              : historyLines(broker, what, fields);
        if (answer) socket.write(`${[...answer, '.'].join('\n')}\n`);
      }
    });
  });
  const tradeLines = (fields: readonly string[]): readonly string[] | null => {
    const asked = tradeOf(fields);
    trades.push(asked);
    const accident = accidents.shift();
    if (typeof accident === 'number') return [`r\t${accident}\t0\t0\t0\t0`];
    if (accident === 'timeout-lost') return ['r\t10012\t0\t0\t0\t0'];
    const { retcode, order, deal, volumeLots, price } = broker.trade(asked);
    state.onTrade?.();
    if (accident === 'no-answer') return null;
    if (accident === 'executed-timeout') return ['r\t10012\t0\t0\t0\t0'];
    return [['r', retcode, order || 0, deal || 0, volumeLots, price].join('\t')];
  };
  server.listen(path);
  await once(server, 'listening');
  return Object.assign(state, {
    path,
    trades,
    accidents,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
}

const mostRates = 300;

/** Bars of the paper terminal, newest first: `rates`, symbol and period as MQL5 counts it. */
async function ratesLines(
  broker: ShownBroker,
  begunMs: number,
  [name = '', period = '']: readonly string[],
): Promise<readonly string[]> {
  const timeframe = periodNames[Number(period)] ?? 'M1';
  const symbol = paperSymbols.find((each) => each.symbol === name);
  const bid = broker.quote(name)?.bid;
  if (!symbol || bid === undefined) return [];
  const hourMs = Math.floor(begunMs / 3_600_000) * 3_600_000;
  const minute = Math.floor((begunMs - hourMs) / 60_000);
  const seen = { symbol: name, hourMs, minutes: [[minute, bid, bid, bid, bid, 1]] as const };
  const hours = (beforeMs: number) => Promise.resolve(beforeMs === Infinity ? [seen] : []);
  const question = { symbol: name, timeframe, beforeServerMs: null, limit: mostRates };
  const { bars, digits } = await seenBars({ symbol, seed: 1, offsetMs, hours }, question);
  const price = (points: number) => points / 10 ** digits;
  return bars.toReversed().map(([openS, open, high, low, close, volume]) => {
    return ['k', openS, price(open), price(high), price(low), price(close), volume].join('\t');
  });
}

const periodNames: Readonly<Record<number, string>> = {
  ...{ 1: 'M1', 5: 'M5', 15: 'M15', 0x4001: 'H1', 0x4004: 'H4', 0x4018: 'D1', 0x8001: 'W1' },
  0xc001: 'MN1',
};

function bookLines(broker: ShownBroker): readonly string[] {
  return [
    accountLine(broker.account()),
    ...broker.instruments().map((one) => symbolLine(one, broker.quote(one.symbol))),
    ...broker.positions().map(positionLine),
    ...broker.orders().map((order) => workingLine(order, broker.find(order.magic))),
  ];
}

function historyLines(
  broker: ShownBroker,
  what: string,
  fields: readonly string[],
): readonly string[] {
  const [from = '', to = ''] = fields;
  const isWithin = (serverMs: number) =>
    serverMs >= Number(from) * 1_000 && serverMs <= Number(to) * 1_000;
  const orders = broker.historyOrders().filter(({ order, endedServerMs }) => {
    return what === 'history'
      ? isWithin(endedServerMs)
      : what === 'history-order' && order === from;
  });
  const deals = broker.deals().filter(({ deal, serverMs }) => {
    return what === 'history' ? isWithin(serverMs) : what === 'history-deal' && deal === from;
  });
  return [...orders.map(endedLine), ...deals.map(dealLine)];
}
