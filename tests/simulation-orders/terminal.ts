/**
 * A terminal before its broker: what it asks arrives, or not, and the answer comes, or not, or the
 * broker does it long after it was given up. While it is off line it shows what it last knew, or
 * nothing at all.
 */
import type { Command } from '#core/broker/messages.ts';
import type { Chance } from '../simulation/chance.ts';
import type { BrokerBook, ConnectorBroker, Executed } from '../../sync/terminals/connector.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { tradeOf } from '../../sync/terminals/paper/paper-commands.ts';
import type { TerminalResult, TerminalTrade } from '../../sync/terminals/paper/terminal-trade.ts';
import type { Fault, Faults } from './faults.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './time.ts';

export const serverOffsetMs = 7_200_000;

export interface Terminal {
  /** As one life of a connector sees it. */
  seenBy(connector: Process): ConnectorBroker;
  /** Without its broker for so long. */
  loseBroker(ms: number): void;
  /** Trades that the broker has and has not done yet. */
  readonly waiting: number;
}

export interface TerminalParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly broker: PaperBroker;
  onAsked(command: Command): void;
  /** After whatever may have changed the broker's book. */
  onTraded(): void;
  /** The terminal dies where it is. */
  die(connector: Process): void;
}

/** Longer than any broker was seen to take. */
const mostLateMs = 90_000;
const timeOutMs = 10_000;

const ways: readonly Fault[] = [
  'rejected',
  'requote',
  'time-out, not executed',
  'time-out, executed',
  'time-out, executed later',
  'reply lost, executed',
  'reply lost, not executed',
];

export function openTerminal(parts: TerminalParts): Terminal {
  const { time, chance, faults, broker } = parts;
  let offLineUntilMs = 0;
  let waiting = 0;
  let lastBook: BrokerBook | null = null;
  let hasChanged = false;
  const isOffLine = () => time.nowMs() < offLineUntilMs;
  const bookNow = (): BrokerBook => ({
    isConnected: true,
    account: broker.account(),
    positions: broker.positions(),
    orders: broker.orders(),
  });
  const trade = (request: TerminalTrade): TerminalResult => {
    broker.at(time.nowMs() + serverOffsetMs);
    const result = broker.trade(request);
    parts.onTraded();
    return result;
  };
  const later = (ms: number, request: TerminalTrade, told: (result: TerminalResult) => void) => {
    waiting++;
    time.after(ms, () => {
      waiting--;
      told(trade(request));
    });
  };

  /** The broker does what it got, whatever becomes of who asked. */
  async function ask(connector: Process, request: TerminalTrade): Promise<Executed | null> {
    const way = ways.find((each) => faults.happens(each));
    const latencyMs = 20 + chance.below(130);
    switch (way) {
      case 'rejected':
        return answered(connector, latencyMs, 10006);
      case 'requote':
        return answered(connector, latencyMs, 10004);
      case 'time-out, not executed':
        return answered(connector, timeOutMs, chance.of([10012, 10031, 10011]));
      case 'time-out, executed':
        later(latencyMs, request, () => undefined);
        return answered(connector, timeOutMs, chance.of([10012, 10028]));
      case 'time-out, executed later':
        later(timeOutMs + chance.below(mostLateMs), request, () => undefined);
        return answered(connector, timeOutMs, 10012);
      case 'reply lost, executed':
        later(latencyMs, request, () => undefined);
        await connector.wait(latencyMs + chance.below(2_000));
        return null;
      case 'reply lost, not executed':
        await connector.wait(latencyMs);
        return null;
      default: {
        let result: TerminalResult | null = null;
        later(latencyMs, request, (told) => (result = told));
        await connector.wait(latencyMs + 1 + chance.below(100));
        return executedOf(broker, request, result!);
      }
    }
  }

  return {
    seenBy: (connector) => ({
      status: () => ({
        login: broker.account().login,
        serverMs: time.nowMs() + serverOffsetMs,
        pingUs: 0,
        isConnected: !isOffLine(),
        isTradeAllowed: true,
      }),
      quote: (symbol) => broker.quote(symbol),
      instruments: async () => broker.instruments(),
      async book() {
        if (faults.happens('slow look')) await connector.wait(chance.below(900));
        if (!isOffLine()) return (lastBook = bookNow());
        const seen = lastBook ?? bookNow();
        const isEmpty = chance.often(0.5);
        return { ...seen, isConnected: false, ...(isEmpty && { positions: [], orders: [] }) };
      },
      async find({ magic }) {
        if (faults.happens('slow look')) await connector.wait(chance.below(900));
        return isOffLine() ? null : broker.find(magic);
      },
      async deals(after, limit) {
        if (faults.happens('slow look')) await connector.wait(chance.below(900));
        if (isOffLine()) return { isWhole: false, hasMore: false, deals: [] };
        return { isWhole: true, ...broker.dealsAfter(after, limit) };
      },
      takeChanged() {
        if (broker.takeEvents().length > 0) hasChanged = true;
        if (isOffLine()) return false;
        const changed = hasChanged;
        hasChanged = false;
        return changed;
      },
      async execute(command) {
        parts.onAsked(command);
        if (isOffLine()) return unanswered(10031);
        const request = tradeOf(broker, command, serverOffsetMs);
        if (!request) return unanswered(10036);
        if (faults.happens('connector dies at the broker')) {
          if (chance.often(0.5)) later(chance.below(300), request, () => undefined);
          parts.die(connector);
          await connector.wait(0);
        }
        return ask(connector, request);
      },
    }),
    loseBroker(ms) {
      offLineUntilMs = Math.max(offLineUntilMs, time.nowMs() + ms);
      hasChanged = true;
    },
    get waiting() {
      return waiting;
    },
  };
}

async function answered(connector: Process, ms: number, retcode: number): Promise<Executed> {
  await connector.wait(ms);
  return unanswered(retcode);
}

function unanswered(retcode: number): Executed {
  return { retcode, order: null, deal: null, position: null, volumeLots: 0, price: null };
}

function executedOf(
  broker: PaperBroker,
  request: TerminalTrade,
  { retcode, order, deal, volumeLots, price }: TerminalResult,
): Executed {
  const orNone = (ticket: string) => (ticket === '0' ? null : ticket);
  const dealt = broker.deals().findLast((each) => each.deal === deal);
  return {
    retcode,
    order: orNone(order),
    deal: orNone(deal),
    position: dealt?.position ?? (orNone(request.position) || null),
    volumeLots,
    price: price === 0 ? null : price,
  };
}
