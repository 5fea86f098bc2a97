/** A terminal for tests of a desk: executes at once what it is told, or fails as it is told to. */
import { bookHash } from '../../core/broker/book-hash.ts';
import type { BrokerAccount, Deal, Position, WorkingOrder } from '../../core/broker/book.ts';
import type { Instrument } from '../../core/broker/instrument.ts';
import type {
  Command,
  CommandResult,
  ConnectorMessage,
  Fate,
  FateQuestion,
  FoundOrder,
  ServerMessage,
} from '../../core/broker/messages.ts';

/** What it does with the next command. */
export type Behaviour =
  | 'execute'
  /** Executes, and says nothing any more. */
  | 'execute-silently'
  /** Writes it down, asks the broker, gets no answer, and nothing came of it. */
  | 'time-out'
  /** The same, but it was executed. */
  | 'time-out-executed'
  | 'requote'
  | 'reject'
  | 'refuse'
  /** Takes no notice at all. */
  | 'ignore';

export interface FakeTerminal {
  behaviour: Behaviour;
  isConnected: boolean;
  /** Whether history is loaded. */
  isWhole: boolean;
  readonly account: BrokerAccount;
  readonly positions: Map<string, Position>;
  readonly orders: Map<string, WorkingOrder>;
  readonly deals: Deal[];
  readonly commands: Command[];
  readonly heard: ServerMessage[];
  hear(message: ServerMessage): void;
  beat(): void;
  /** Fills a working order, as a price that was reached does. */
  trigger(order: string): void;
  /** Tells what changed since it last told. */
  tell(): void;
  /** To whom it speaks from now on. */
  speakTo(hear: (message: ConnectorMessage) => void): void;
}

export const euro: Instrument = {
  ...{ symbol: 'EURUSD', description: 'Euro', digits: 5, pointSize: 1e-5, tickSize: 1e-5 },
  ...{ tickValue: 1, contractSize: 100_000, volumeMinLots: 0.01, volumeMaxLots: 100 },
  ...{ volumeStepLots: 0.01, stopsLevelPoints: 0, freezeLevelPoints: 0, marginPerLot: 1_000 },
  ...{ swapLongPoints: -8, swapShortPoints: 3, tradeMode: 'full', fillings: ['fok', 'ioc'] },
};

const price = 1.1;

export function fakeTerminal(options: {
  readonly mode?: 'hedging' | 'netting';
  now(): number;
}): FakeTerminal {
  const account: BrokerAccount = {
    ...{ login: '7', brokerServer: 'Fake-Demo', currency: 'USD', leverage: 100 },
    ...{ mode: options.mode ?? 'hedging', isDemo: true, isTradeAllowed: true },
    ...{ balance: 10_000, equity: 10_000, margin: 0, freeMargin: 10_000 },
  };
  const positions = new Map<string, Position>();
  const orders = new Map<string, WorkingOrder>();
  const ended = new Map<string, { order: WorkingOrder; state: FoundOrder['state'] }>();
  const deals: Deal[] = [];
  const journal = new Map<string, CommandResult | null>();
  const commands: Command[] = [];
  const heard: ServerMessage[] = [];
  let say: (message: ConnectorMessage) => void = () => undefined;
  let tickets = 100;
  let told = { positions: new Map(positions), orders: new Map(orders) };

  const nothing: CommandResult = {
    ...{ outcome: 'unknown', retcode: 10012, reason: null, order: null, deal: null },
    ...{ position: null, volumeLots: 0, price: null },
  };

  function deal(made: Partial<Deal> & Pick<Deal, 'order' | 'position' | 'kind' | 'volumeLots'>) {
    const full: Deal = {
      ...{ deal: `${++tickets}`, symbol: 'EURUSD', entry: 'in', price, commission: 0, swap: 0 },
      ...{ profit: 0, magic: '0', comment: '', serverMs: options.now(), reason: 'program' },
      ...made,
    };
    deals.push(full);
    return full;
  }

  function open(
    command: { readonly magic: string; readonly comment: string },
    what: Pick<WorkingOrder, 'symbol' | 'side' | 'volumeLots' | 'sl' | 'tp'>,
    order: string,
  ): CommandResult {
    const { symbol, side, volumeLots, sl, tp } = what;
    const { magic, comment } = command;
    const held = [...positions.values()].find(
      (each) => account.mode === 'netting' && each.symbol === symbol,
    );
    const position = held?.position ?? order;
    const made = deal({ order, position, symbol, kind: side, volumeLots, magic, comment });
    const isSame = !held || held.side === side;
    const left = (held?.volumeLots ?? 0) + (isSame ? volumeLots : -volumeLots);
    const volume = Math.round(Math.abs(left) * 1e8) / 1e8;
    if (volume === 0) positions.delete(position);
    else {
      positions.set(position, {
        ...{ position, ticket: order, symbol, sl, tp, magic, comment, openPrice: price },
        ...{ side: left < 0 ? side : (held?.side ?? side), volumeLots: volume },
        ...{ openedServerMs: options.now(), swap: 0, profit: 0 },
      });
    }
    return {
      ...nothing,
      outcome: 'done',
      retcode: 10009,
      ...{ order, deal: made.deal, position, volumeLots, price },
    };
  }

  function execute(command: Command): CommandResult {
    const order = `${++tickets}`;
    if (command.t === 'place') {
      if (command.kind === 'market') return open(command, command, order);
      const { symbol, side, kind, volumeLots, limitPrice, sl, tp, magic, comment } = command;
      const placedServerMs = options.now();
      orders.set(order, {
        ...{ order, symbol, side, kind, volumeLots, price: command.price ?? 0, limitPrice, sl, tp },
        ...{ lastsUntilServerMs: null, placedServerMs, magic, comment },
      });
      return { ...nothing, outcome: 'placed', retcode: 10008, order };
    }
    if (command.t === 'close') {
      const held = positions.get(command.position);
      if (!held) return { ...nothing, outcome: 'done', retcode: 10036 };
      const volumeLots = Math.min(command.volumeLots, held.volumeLots);
      const kind = held.side === 'buy' ? 'sell' : 'buy';
      const { position } = held;
      const { magic } = command;
      deal({ order, position, symbol: held.symbol, kind, volumeLots, magic, entry: 'out' });
      const left = Math.round((held.volumeLots - volumeLots) * 1e8) / 1e8;
      if (left === 0) positions.delete(position);
      else positions.set(position, { ...held, volumeLots: left });
      return {
        ...nothing,
        outcome: 'done',
        retcode: 10009,
        ...{ order, position, volumeLots, price },
      };
    }
    if (command.t === 'cancel') {
      const working = orders.get(command.order);
      if (!working) return { ...nothing, outcome: 'rejected', retcode: 10013 };
      orders.delete(command.order);
      ended.set(command.order, { order: working, state: 'canceled' });
      return { ...nothing, outcome: 'done', retcode: 10009 };
    }
    if (command.t === 'modify' && 'position' in command.target) {
      const held = positions.get(command.target.position);
      if (!held) return { ...nothing, outcome: 'rejected', retcode: 10013 };
      positions.set(held.position, { ...held, sl: command.sl, tp: command.tp });
    }
    return { ...nothing, outcome: 'done', retcode: 10009 };
  }

  function take(command: Command): void {
    const { id, attempt, magic } = command;
    commands.push(command);
    if (terminal.behaviour === 'ignore') return;
    const known = journal.get(magic);
    const result = (given: CommandResult) => say({ t: 'result', id, attempt, result: given });
    if (known !== undefined) return known ? result(known) : undefined;
    if (terminal.behaviour === 'refuse') {
      return result({ ...nothing, outcome: 'refused', retcode: 0, reason: 'price' });
    }
    journal.set(magic, null);
    say({ t: 'ack', id, attempt });
    say({ t: 'executing', id, attempt });
    const done = behave(command);
    if (terminal.behaviour === 'execute-silently') return;
    journal.set(magic, done);
    result(done);
    terminal.tell();
  }

  function behave(command: Command): CommandResult {
    switch (terminal.behaviour) {
      case 'requote':
        return { ...nothing, outcome: 'rejected', retcode: 10004 };
      case 'reject':
        return { ...nothing, outcome: 'rejected', retcode: 10019 };
      case 'time-out':
        return nothing;
      case 'time-out-executed':
        execute(command);
        return nothing;
      default:
        return execute(command);
    }
  }

  function fateOf({ id, attempt, magic }: FateQuestion): Fate {
    const known = journal.get(magic);
    const state = known === undefined ? 'never-seen' : known === null ? 'intent' : 'result';
    return { id, attempt, magic, journal: state, result: known ?? null, found: found(magic) };
  }

  function found(magic: string): FoundOrder | null {
    const working = [...orders.values()].find((each) => each.magic === magic);
    if (working) {
      const { order } = working;
      return { order, state: 'working', position: null, filledLots: 0, averagePrice: null };
    }
    const over = [...ended.values()].find((each) => each.order.magic === magic);
    const own = deals.filter((each) => each.magic === magic && each.reason === 'program');
    const filledLots = own.reduce((sum, each) => sum + each.volumeLots, 0);
    const [first] = own;
    if (first) {
      const { order, position } = first;
      return { order, state: 'filled', position, filledLots, averagePrice: price };
    }
    if (!over) return null;
    const { order } = over.order;
    return { order, state: over.state, position: null, filledLots: 0, averagePrice: null };
  }

  const hash = () => bookHash([...positions.values()], [...orders.values()]);
  const terminal: FakeTerminal = {
    ...{ behaviour: 'execute', isConnected: true, isWhole: true },
    ...{ account, positions, orders, deals, commands, heard },
    speakTo: (hear) => (say = hear),
    beat() {
      const { isConnected } = terminal;
      say({
        ...{ t: 'beat', monotonicMs: options.now() - 1_000_000, serverMs: options.now() },
        ...{ pingUs: 900, isConnected, isTradeAllowed: true, queue: 0, dropped: 0 },
      });
    },
    trigger(ticket) {
      const working = orders.get(ticket);
      if (!working) throw new Error('there is no such order');
      orders.delete(ticket);
      ended.set(ticket, { order: working, state: 'filled' });
      open(working, working, ticket);
    },
    tell() {
      const changed = <T>(now: Map<string, T>, before: Map<string, T>) => ({
        fresh: [...now].filter(([id, each]) => before.get(id) !== each).map(([, each]) => each),
        gone: [...before.keys()].filter((id) => !now.has(id)),
      });
      const [p, o] = [changed(positions, told.positions), changed(orders, told.orders)];
      told = { positions: new Map(positions), orders: new Map(orders) };
      say({
        ...{ t: 'delta', hash: hash(), account, positions: p.fresh, closedPositions: p.gone },
        ...{ orders: o.fresh, endedOrders: o.gone },
      });
    },
    hear(message) {
      heard.push(message);
      switch (message.t) {
        case 'snapshot':
          told = { positions: new Map(positions), orders: new Map(orders) };
          return say({
            ...{ t: 'snapshot', hash: hash(), isConnected: terminal.isConnected, account },
            ...{ positions: [...positions.values()], orders: [...orders.values()] },
          });
        case 'deals': {
          const { serverMs, deal: last } = message.after;
          const later = deals.filter(
            (each) =>
              each.serverMs > serverMs || (each.serverMs === serverMs && +each.deal > +last),
          );
          const page = later.slice(0, message.limit);
          const { request } = message;
          const hasMore = later.length > page.length;
          return say({ t: 'deals', request, isWhole: terminal.isWhole, hasMore, deals: page });
        }
        case 'fate':
          return say({
            ...{ t: 'fates', request: message.request, isWhole: terminal.isWhole },
            fates: message.ids.map(fateOf),
          });
        case 'place':
        case 'modify':
        case 'cancel':
        case 'close':
        case 'close-by':
          return take(message);
      }
    },
  };
  return terminal;
}
