/** A trader's device, two servers over one database, a connector, a terminal and its broker. */
import type { Intent } from '#core/broker/intent.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { chanceOf, type Chance } from '../simulation/chance.ts';
import { madeAccount } from '../orders/memory-store.ts';
import {
  firstQuotes,
  openPaperBroker,
  type PaperBroker,
} from '../../sync/terminals/paper/paper-broker.ts';
import { symbolsFor, termsOf } from '../../sync/terminals/paper/paper-terms.ts';
import { startConnector, type ConnectorLife } from './connector-life.ts';
import { openDatabase, type Database, type DatabaseParts } from './database.ts';
import { expectations, type Broken, type Expectations } from './expectations.ts';
import { seededFaults, type Faults } from './faults.ts';
import { openConnection, type Connection } from './link.ts';
import type { Process } from './process.ts';
import { allSafeguards, type Safeguards } from './safeguards.ts';
import { startServer, type Held, type ServerLife } from './server-life.ts';
import { openTerminal, serverOffsetMs, type Terminal } from './terminal.ts';
import { virtualTime, type VirtualTime } from './time.ts';

/** A Wednesday. */
export const startMs = Date.UTC(2026, 10, 25, 12);
export const accountId = '00000000-0000-4000-8000-0000000000aa';
const login = '77';
const mostServerDeadMs = 8_000;

export interface World {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly broker: PaperBroker;
  readonly terminal: Terminal;
  readonly connector: ConnectorLife;
  readonly database: Database;
  readonly expectations: Expectations;
  readonly trace: string[];
  /** What was broken first. */
  readonly broken: Broken | null;
  /** A request reaches some server; null where none is there. */
  submit(request: TradeRequest): Promise<readonly Intent[] | null> | null;
  /** The device gives up, and asks what became of it. */
  settle(request: TradeRequest): Promise<void> | null;
  cut(isSilent: boolean): void;
  killServer(): void;
  killConnector(): void;
  say(what: string): void;
}

/** What the world stands on; in memory, as fast as can be, unless a test has another. */
export interface Footing {
  readonly time: (fromMs: number) => VirtualTime;
  readonly database: (parts: DatabaseParts) => Database;
}

export const inMemory: Footing = { time: virtualTime, database: openDatabase };

export function openWorld(seed: number, safeguards: Safeguards, footing = inMemory): World {
  const time = footing.time(startMs);
  const chance = chanceOf(seed);
  const faults = seededFaults(chance);
  const trace: string[] = [];
  const say = (what: string) => {
    trace.push(`${((time.nowMs() - startMs) / 1_000).toFixed(3)} ${what}`);
  };
  let broken: Broken | null = null;
  const broker = madeBroker(chance);
  const expected = expectations({
    broker,
    kept: () => database.kept(),
    nowMs: time.nowMs,
    // Without a safeguard it must be seen from outside.
    isInsideSeen: safeguards === allSafeguards,
    broken: (fault) => void (broken ??= fault),
  });
  const database = footing.database({
    ...{ chance, faults, account: madeTradingAccount(chance) },
    onCommit(changes, before) {
      expected.committed(changes, before);
      for (const { id, body, state, attempt } of changes.intents) {
        say(`kept ${body.t} ${id.slice(0, 8)} ${state} ${attempt}`);
      }
      if (changes.intents.length > 0) notify();
    },
    die: (process) => killServer(servers.find((each) => each.process === process)),
  });
  const terminal = openTerminal({
    ...{ time, chance, faults, broker },
    onAsked(command) {
      say(`asked ${command.t} ${command.id.slice(0, 8)} ${command.attempt}`);
      expected.asked(command);
    },
    onTraded: () => expected.traded(),
    die: () => connector.die(chance.often(0.7)),
  });
  const servers: ServerLife[] = [];
  const serve = (name: string) =>
    startServer({
      ...{ time, name, accountId, login, database, safeguards, say },
      newSession: () => `s${++sessions}`,
      // The latest is spread among servers.
      quoteOf: (id, symbol) =>
        servers
          .flatMap(({ board }) => board.of(id, symbol) ?? [])
          .reduce<ReturnType<ServerLife['board']['of']>>(
            (last, quote) => (last && last.timeMs > quote.timeMs ? last : quote),
            null,
          ),
    });
  let sessions = 0;
  servers.push(serve('A'), serve('B'));
  const alive = () => servers.filter(({ process }) => process.isAlive);

  /** Tells whichever server holds the account that there is something to send. */
  function notify(): void {
    for (const server of alive()) {
      if (!faults.happens('wake lost')) server.process.after(1 + chance.below(50), server.wake);
    }
  }

  const held = new Map<Process, Set<Connection>>();
  let current: Connection | null = null;
  const connector = startConnector({
    ...{ time, chance, faults, terminal, login, safeguards },
    dial() {
      const [server] = chance.some(alive(), 1);
      if (!server) return null;
      say(`connector dials ${server.process.name}`);
      let end: Held | null = null;
      const connection = openConnection(
        { time, chance, faults },
        {
          atServer: (message) => end?.hear(message),
          atConnector(message) {
            if (current === connection) connector.hear(message);
          },
          gone(side) {
            if (side === 'server') end?.gone();
            else if (current === connection) connector.gone();
          },
        },
      );
      current = connection;
      end = server.accept(connection);
      const all = held.get(server.process) ?? new Set();
      held.set(server.process, all.add(connection));
      return connection;
    },
  });

  function killServer(server: ServerLife | undefined): void {
    if (!server?.process.isAlive) return;
    say(`server ${server.process.name} dies`);
    server.process.kill();
    for (const connection of held.get(server.process) ?? []) {
      connection.cut(chance.often(0.7) ? ['connector'] : []);
    }
    const at = servers.indexOf(server);
    time.after(500 + chance.below(mostServerDeadMs), () => {
      servers[at] = serve(server.process.name);
    });
  }

  connector.connect();
  return {
    ...{ time, chance, faults, broker, terminal, connector, database, trace, say },
    expectations: expected,
    get broken() {
      return broken;
    },
    submit(request) {
      const [server] = chance.some(alive(), 1);
      if (!server) return null;
      return server.submit(request).then((answer) => {
        if (!server.process.isAlive) return null;
        say(`${request.t} ${request.id.slice(-4)} ${answer.ok ? 'admitted' : answer.error.code}`);
        return answer.ok ? answer.value.intents : [];
      });
    },
    settle(request) {
      const [server] = chance.some(alive(), 1);
      if (!server) return null;
      return server.settle(request.id).then((answer) => {
        if (!server.process.isAlive || !answer.ok) return;
        say(`settled ${request.id.slice(-4)}: ${answer.value ? 'taken' : 'never came'}`);
        if (answer.value) expected.acknowledged(request, answer.value.intents);
        else expected.givenUp(request);
      });
    },
    cut(isSilent) {
      say(isSilent ? 'the link is cut silently' : 'the link is cut');
      current?.cut(isSilent ? [] : ['server', 'connector']);
    },
    killServer: () => killServer(chance.some(alive(), 1)[0]),
    killConnector() {
      say('connector dies');
      connector.die(chance.often(0.7));
    },
  };
}

function madeBroker(chance: Chance): PaperBroker {
  const mode = chance.of(['hedging', 'hedging', 'netting'] as const);
  const terms = termsOf({ profile: 'realistic', mode, currency: 'USD', leverage: 100 });
  const liquidityLots = chance.of([null, 50, 0.12]);
  const execution = chance.of(['market', 'market', 'instant'] as const);
  const symbols = symbolsFor('realistic', ['EURUSD', 'GBPUSD']).map((symbol) => ({
    ...{ ...symbol, liquidityLots, execution },
    // Some brokers fill what there is at once, others let the rest wait.
    fillings: chance.of([['fok', 'ioc', 'return'] as const, ['return'] as const]),
  }));
  const serverMs = startMs + serverOffsetMs;
  const broker = openPaperBroker({
    ...{ login, serverMs, balance: 10_000, symbols },
    terms: { ...terms, sessions: 'always', comments: chance.of(['kept', 'rewritten']) },
  });
  broker.tick(firstQuotes(symbols), serverMs);
  return broker;
}

function madeTradingAccount(chance: Chance) {
  const limits = {
    ...{ ...usualLimits, positionRatio: 0.5, riskRatio: 0.2, rewardRatio: 0.5 },
    openPositions: chance.of([2, 3, 5]),
    drawdownRatio: chance.of([0.002, 0.2, 0.2]),
  };
  return madeAccount(accountId, { state: 'pairing', limits });
}
