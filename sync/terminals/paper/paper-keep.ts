/**
 * The memory of a paper account, broker and journal together, kept so that it outlives the process.
 *
 * Both lie in one row and are written in one statement: a trade and its RESULT are kept together
 * or not at all. What is said to a server is kept before.
 */
import { setImmediate as turn } from 'node:timers/promises';
import type { CommandResult } from '#core/broker/messages.ts';
import type { Journal, JournalEntry } from '../connector.ts';
import type { PaperBroker } from './paper-broker.ts';

/** Both as JSON, of the same moment. */
export interface KeptPaper {
  readonly book: string;
  readonly journal: string;
}

/** Whatever has a memory to be kept beside the journal. */
export type Remembering = Pick<PaperBroker, 'text'> & { takeEvents(): readonly unknown[] };

export interface PaperKeep<B extends Remembering = PaperBroker> {
  readonly broker: B;
  /** Of a broker elsewhere: it is asked once INTENT is kept. */
  readonly journal: Journal;
  /** Of the broker whose book lies beside the journal, and is kept with it. */
  readonly joined: Journal & Required<Pick<Journal, 'together'>>;
  /** To be called after whatever may have changed the broker's book; true where it did. */
  note(): boolean;
  /** Resolves once all that was noted so far is kept. */
  flushed(): Promise<void>;
}

/** Results beyond this many go, the oldest first: their servers have long had them. */
const mostEntries = 1_000;

export function openPaperKeep<B extends Remembering>(
  broker: B,
  entries: readonly JournalEntry[],
  write: (kept: KeptPaper) => Promise<void>,
): PaperKeep<B> {
  let journal = entries.slice();
  let version = 0;
  let keptVersion = 0;
  let writing: Promise<void> = Promise.resolve();
  const note = () => {
    const hasChanged = broker.takeEvents().length > 0;
    if (hasChanged) version++;
    return hasChanged;
  };
  const flushed = async () => {
    note();
    const wanted = version;
    while (keptVersion < wanted) {
      writing = writing.then(
        () => writeOnce(),
        () => writeOnce(),
      );
      await writing;
    }
  };
  const writeOnce = async () => {
    note();
    const taken = version;
    if (taken === keptVersion) return;
    await write({ book: broker.text(), journal: JSON.stringify(journal) });
    keptVersion = taken;
  };
  const others = (entry: Omit<JournalEntry, 'result'>) =>
    journal.filter(({ id, attempt }) => id !== entry.id || attempt !== entry.attempt);
  const enter = (entry: Omit<JournalEntry, 'result'>, result: CommandResult | null) => {
    journal = prune([...others(entry), { ...entry, result }]);
    version++;
  };
  const put = async (entry: Omit<JournalEntry, 'result'>, result: CommandResult | null) => {
    enter(entry, result);
    await flushed();
  };
  const intent = async (entry: Omit<JournalEntry, 'result'>) => {
    try {
      await put(entry, null);
    } catch (error) {
      // It is refused, so that nothing must look as if the broker had been asked.
      journal = others(entry);
      version++;
      throw error;
    }
  };
  const plain: Journal = {
    of: (id) => journal.filter((entry) => entry.id === id),
    intent,
    result: ({ result, ...entry }) => put(entry, result),
  };
  return {
    broker,
    note,
    flushed,
    journal: plain,
    joined: {
      ...plain,
      async together(entry) {
        enter(entry, null);
        // A broker that answers at once has answered by then, and both are kept in one way.
        await turn();
        await flushed();
      },
    },
  };
}

function prune(entries: readonly JournalEntry[]): JournalEntry[] {
  const isDone = ({ result }: JournalEntry) => result !== null && result.outcome !== 'unknown';
  let gone = entries.length - mostEntries;
  return entries.filter((entry) => gone <= 0 || !isDone(entry) || gone-- <= 0);
}
