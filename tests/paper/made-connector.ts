/** A connector of a test over the paper terminal, with a memory that outlives it and can be cut. */
import type { Command, ConnectorMessage, PlaceCommand } from '#core/broker/messages.ts';
import { commentOf, magicOf } from '#core/broker/identity.ts';
import type { Connector, ConnectorBroker, JournalEntry } from '../../sync/terminals/connector.ts';
import type { PaperBook } from '../../sync/terminals/paper/paper-book.ts';
import { openPaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import { openConnector } from '../../sync/terminals/paper/paper-connector.ts';
import { noFaults, type PaperFaults } from '../../sync/terminals/paper/paper-faults.ts';
import { openPaperKeep } from '../../sync/terminals/paper/paper-keep.ts';
import { connectPaper } from '../../sync/terminals/paper/paper-terminal.ts';
import { madeBroker, type MadeBroker } from './paper-play.ts';

export interface World {
  /** What was kept: all that is left after a crash. */
  kept: { readonly book: PaperBook; readonly journal: readonly JournalEntry[] };
  nowMs: number;
  /** Times that the broker was asked to do something, by id, over all lives. */
  readonly asked: Map<string, number>;
}

export interface Life {
  readonly connector: Connector;
  readonly terminal: ConnectorBroker;
  readonly said: ConnectorMessage[];
  readonly hungUp: string[];
  results(id: string): readonly Extract<ConnectorMessage, { t: 'result' }>[];
}

export interface LifeOptions {
  readonly faults?: PaperFaults;
  /** Called before each write with its number; what it throws is a death: nothing is kept after. */
  onWrite?(n: number): void;
  /** Whether this write alone fails, and the life goes on. */
  isLost?(n: number): boolean;
  onSay?(message: ConnectorMessage): void;
  onExecute?(): void;
  /** Whether the journal is one with the broker's book, as that of a paper account is. */
  readonly isJoined?: boolean;
  /** In place of no waiting at all. */
  wait?(ms: number): Promise<void>;
}

export function newWorld(made: MadeBroker = {}): World {
  return {
    kept: { book: madeBroker(made).save(), journal: [] },
    nowMs: 1_000,
    asked: new Map(),
  };
}

export function begin(world: World, options: LifeOptions = {}): Life {
  const broker = openPaperBroker(world.kept.book);
  let writes = 0;
  let isDead = false;
  const journal = structuredClone(world.kept.journal) as JournalEntry[];
  const keep = openPaperKeep(broker, journal, async (kept) => {
    if (isDead) throw new Error('dead');
    try {
      writes++;
      options.onWrite?.(writes);
    } catch (error) {
      isDead = true;
      throw error;
    }
    if (options.isLost?.(writes)) throw new Error('not written');
    world.kept = {
      book: JSON.parse(kept.book) as PaperBook,
      journal: JSON.parse(kept.journal) as JournalEntry[],
    };
  });
  const terminal = connectPaper({
    keep,
    faults: options.faults ?? noFaults,
    offsetMs: 0,
    monotonicMs: () => world.nowMs,
    wait: options.wait ?? (() => Promise.resolve()),
    catchUp: () => undefined,
  });
  const counted: ConnectorBroker = {
    ...terminal,
    execute(command) {
      world.asked.set(command.id, (world.asked.get(command.id) ?? 0) + 1);
      options.onExecute?.();
      return terminal.execute(command);
    },
  };
  const said: ConnectorMessage[] = [];
  const hungUp: string[] = [];
  const connector = openConnector({
    broker: counted,
    journal: options.isJoined ? keep.joined : keep.journal,
    clock: { monotonicMs: () => world.nowMs },
    login: '77',
    send(message) {
      options.onSay?.(message);
      said.push(message);
    },
    hangUp: (why) => void hungUp.push(why),
    saysTwice: () => options.faults?.happens('duplicate-event') ?? false,
  });
  return {
    connector,
    terminal,
    said,
    hungUp,
    results: (id) =>
      said.filter(
        (each): each is Extract<ConnectorMessage, { t: 'result' }> =>
          each.t === 'result' && each.id === id,
      ),
  };
}

export const ids = [
  'a0000000-0000-4000-8000-000000000001',
  'a0000000-0000-4000-8000-000000000002',
  'a0000000-0000-4000-8000-000000000003',
] as const;

/** Good for five seconds. */
export function buy(
  world: World,
  change: Partial<PlaceCommand> = {},
): Extract<Command, { t: 'place' }> {
  const { id = ids[0], attempt = 1 } = change;
  return {
    t: 'place',
    id,
    attempt,
    magic: magicOf(id, attempt),
    untilMs: world.nowMs + 5_000,
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
