/** The paper broker as a connector sees it: asked by commands, slow where it is meant to be, faulty on demand. */
import type { Command, DealCursor } from '#core/broker/messages.ts';
import { draw } from '#core/execution/broker/slippage.ts';
import type { ConnectorBroker, Executed } from '../connector.ts';
import type { PaperFaults } from './paper-faults.ts';
import type { PaperKeep } from './paper-keep.ts';
import { tradeOf } from './paper-commands.ts';
import type { TerminalResult } from './terminal-trade.ts';

const freezeMs = 10_000;
/** How many deals and orders a broker remembers of those that its server has. */
const mostRemembered = 500;
const hourMs = 3_600_000;

export interface PaperTerminalOptions {
  readonly keep: PaperKeep;
  readonly faults: PaperFaults;
  /** The broker's time is so far from UTC. */
  readonly offsetMs: number;
  monotonicMs(): number;
  wait(ms: number): Promise<void>;
  /** Lets the broker's time and prices catch up. */
  catchUp(): void;
}

export function connectPaper(options: PaperTerminalOptions): ConnectorBroker {
  const { keep, faults, monotonicMs } = options;
  const { broker } = keep;
  let frozenUntilMs = 0;
  let hasChanged = false;
  const look = () => {
    if (keep.note()) hasChanged = true;
  };
  const isFrozen = () => monotonicMs() < frozenUntilMs;
  const durable = async <T>(read: () => T): Promise<T> => {
    look();
    const value = read();
    await keep.flushed();
    return value;
  };
  return {
    status: () => ({
      login: broker.account().login,
      serverMs: broker.serverMs,
      pingUs: 0,
      isConnected: !isFrozen(),
      isTradeAllowed: !isFrozen(),
    }),
    quote: (symbol) => (isFrozen() ? null : broker.quote(symbol)),
    instruments: () => durable(() => broker.instruments()),
    book: () =>
      durable(() => ({
        isConnected: !isFrozen(),
        account: broker.account(),
        positions: broker.positions(),
        orders: broker.orders(),
      })),
    find: ({ magic }) => durable(() => broker.find(magic)),
    async deals(after, limit) {
      const page = await durable(() => broker.dealsAfter(after, limit));
      forgetOld(keep, after);
      return { isWhole: !isFrozen(), ...page };
    },
    takeChanged() {
      look();
      const changed = hasChanged || faults.happens('duplicate-event');
      hasChanged = false;
      return changed;
    },
    async execute(command) {
      if (faults.happens('freeze')) frozenUntilMs = monotonicMs() + freezeMs;
      if (isFrozen()) return unanswered(10031);
      const request = tradeOf(broker, command, options.offsetMs);
      if (!request) return unanswered(10036);
      await options.wait(latencyOf(keep));
      options.catchUp();
      if (faults.happens('requote')) return unanswered(10004);
      if (faults.happens('timeout-lost')) return unanswered(10012);
      const executed = executedOf(keep, command, broker.trade(request));
      look();
      if (faults.happens('executed-timeout')) return unanswered(10012);
      if (!faults.happens('lost-reply')) return executed;
      await keep.flushed();
      return null;
    },
  };
}

function latencyOf({ broker }: PaperKeep): number {
  const { latencyMs, seed } = broker.terms;
  const { least, most } = latencyMs;
  return Math.round(least + (most - least) * draw(seed, broker.deals().length, broker.serverMs));
}

/** Whoever asks for deals after a time has those before it. */
function forgetOld({ broker }: PaperKeep, { serverMs }: DealCursor): void {
  broker.forget(serverMs - hourMs, mostRemembered);
}

function unanswered(retcode: number): Executed {
  return { retcode, order: null, deal: null, position: null, volumeLots: 0, price: null };
}

function executedOf(
  { broker }: PaperKeep,
  command: Command,
  { retcode, order, deal, volumeLots, price }: TerminalResult,
): Executed {
  const orNone = (ticket: string) => (ticket === '0' ? null : ticket);
  const dealt = deal === '0' ? undefined : broker.deals().findLast((each) => each.deal === deal);
  const named = 'position' in command ? command.position : null;
  return {
    retcode,
    order: orNone(order),
    deal: orNone(deal),
    position: dealt?.position ?? named,
    volumeLots,
    price: price === 0 ? null : price,
  };
}
