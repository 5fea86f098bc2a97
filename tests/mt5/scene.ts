/** A broker, a server and a terminal between them, for a test to play with. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { commentOf, magicOf } from '#core/broker/identity.ts';
import type { PlaceCommand } from '#core/broker/messages.ts';
import { openPaperBroker, type PaperBroker } from '#sync/terminals/paper/paper-broker.ts';
import { symbolsFor, termsOf } from '#sync/terminals/paper/paper-terms.ts';
import { offsetMs, openBrokerServer, type BrokerServer } from './broker-server.ts';
import { scriptedServer, type ScriptedServer, type ScriptedSession } from './scripted-server.ts';
import { launchTerminal, type TerminalProcess } from './terminal-process.ts';

export interface Scene {
  readonly folder: string;
  readonly broker: PaperBroker;
  readonly brokerServer: BrokerServer;
  readonly server: ScriptedServer;
  launch(settings?: Readonly<Record<string, string>>, port?: number): TerminalProcess;
  /** Whatever was launched and still runs is killed. */
  end(): Promise<void>;
}

export function madeBroker(mode: 'hedging' | 'netting' = 'hedging'): PaperBroker {
  const terms = termsOf({ profile: 'exact', mode, currency: 'USD', leverage: 100 });
  const symbols = symbolsFor('exact', ['EURUSD', 'USDJPY']);
  const serverMs = Date.now() + offsetMs;
  const broker = openPaperBroker({ login: '5012345', serverMs, balance: 10_000, terms, symbols });
  const quotes = [
    { symbol: 'EURUSD', bid: 1.1, ask: 1.10008 },
    { symbol: 'USDJPY', bid: 150, ask: 150.01 },
  ];
  broker.tick(quotes, serverMs);
  return broker;
}

export async function makeScene(mode: 'hedging' | 'netting' = 'hedging'): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'offing-mt5-'));
  const broker = madeBroker(mode);
  const brokerServer = await openBrokerServer(broker, join(folder, 'broker'));
  const server = await scriptedServer();
  const terminals: TerminalProcess[] = [];
  return {
    folder,
    broker,
    brokerServer,
    server,
    launch(settings = {}, port = server.port) {
      const { code } = server;
      const made = launchTerminal({ folder, broker: brokerServer.path, code, port, settings });
      terminals.push(made);
      return made;
    },
    async end() {
      for (const terminal of terminals) await terminal.kill();
      await server.close();
      await brokerServer.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A market order for 0.1 lots, good for some seconds of this session's clock. */
export async function placeIn(
  session: ScriptedSession,
  change: Partial<PlaceCommand> = {},
): Promise<PlaceCommand> {
  const id = change.id ?? randomUUID();
  const attempt = change.attempt ?? 1;
  return {
    t: 'place',
    id,
    attempt,
    magic: magicOf(id, attempt),
    untilMs: (await clockOf(session)) + 60_000,
    symbol: 'EURUSD',
    side: 'buy',
    kind: 'market',
    volumeLots: 0.1,
    price: null,
    limitPrice: null,
    sl: null,
    tp: null,
    deviationPoints: 10,
    worstPrice: null,
    lastsUntilMs: null,
    comment: commentOf(id),
    ...change,
  };
}

/** The terminal's clock, as it last said. */
export async function clockOf(session: ScriptedSession): Promise<number> {
  const said = session.heard.findLast((message) => message.t === 'beat');
  return said?.t === 'beat' ? said.monotonicMs : (await session.next('beat')).monotonicMs;
}

/** What the terminal says of a command's fate, once its history is loaded. */
export async function fateOf(session: ScriptedSession, command: PlaceCommand) {
  const { id, attempt, magic } = command;
  for (let request = 1; ; request++) {
    session.send({ t: 'fate', request, ids: [{ id, attempt, magic }] });
    const { isWhole, fates } = await session.next('fates', (fates) => fates.request === request);
    if (isWhole) return fates[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
