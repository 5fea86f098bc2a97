/** A command from when a connector hears it to its report: refused, found, or carried out once. */
import type {
  Command,
  CommandResult,
  ConnectorMessage,
  RefusalReason,
} from '#core/broker/messages.ts';
import { classify } from '#core/broker/retcodes.ts';
import type { ConnectorOptions, Executed } from '../connector.ts';
import { foundResult } from './fates.ts';

/** A deadline further ahead than this is of another clock. */
const mostAheadMs = 120_000;

export interface CommandSession {
  readonly options: ConnectorOptions;
  readonly isReadOnly: boolean;
  readonly isClosed: boolean;
  say(message: ConnectorMessage): void;
  drop(why: string): void;
}

const none = { order: null, deal: null, position: null, volumeLots: 0, price: null };

export async function carryOut(session: CommandSession, command: Command): Promise<void> {
  const { journal, broker } = session.options;
  const { id, attempt, magic } = command;
  const known = journal.of(id);
  const same = known.find((entry) => entry.attempt === attempt);
  if (same) {
    // Whether the broker was asked is not known where only the intent is written down.
    const result = same.result ?? foundResult(await broker.find({ id, magic: same.magic }));
    return reportAgain(session, command, result);
  }
  const isBusy = known.some(({ result }) => !isSurelyNothing(result));
  const isLate = known.some((entry) => entry.attempt > attempt);
  const reason: RefusalReason | null =
    isBusy || isLate ? 'journal' : await refusalOf(session, command);
  if (reason !== null) return report(session, command, refused(reason));
  const found = await broker.find({ id, magic });
  const words = keptBack(session);
  if (journal.together) {
    // In one memory: were the process to end now, neither the note nor the trade would be there.
    // Where it cannot be kept, what is said of it waits for the result to be.
    void journal.together({ id, attempt, magic }).then(words.free, () => undefined);
  } else {
    try {
      await journal.intent({ id, attempt, magic });
    } catch {
      return report(session, command, refused('journal'));
    }
    words.free();
  }
  words.say({ t: 'ack', id, attempt });
  const result = found ? foundResult(found) : await askOnce(session, command, words);
  if (result === null) return session.drop('the answer was lost');
  await journal.result({ id, attempt, magic, result });
  words.free();
  report(session, command, result);
  if (session.options.saysTwice?.()) report(session, command, result);
}

interface Words {
  say(message: ConnectorMessage): void;
  /** What they are about is kept: they are said, in their order, and those to come at once. */
  free(): void;
}

function keptBack(session: CommandSession): Words {
  let waiting: ConnectorMessage[] | null = [];
  return {
    say(message) {
      if (waiting) waiting.push(message);
      else session.say(message);
    },
    free() {
      for (const message of waiting ?? []) session.say(message);
      waiting = null;
    },
  };
}

/** What an attempt came to that leaves the way free for another one. */
function isSurelyNothing(result: CommandResult | null): boolean {
  return result !== null && (result.outcome === 'rejected' || result.outcome === 'refused');
}

async function askOnce(
  session: CommandSession,
  command: Command,
  words: Words,
): Promise<CommandResult | null> {
  const { id, attempt } = command;
  // Looking and flushing may have taken their time. The next session may have been told meanwhile
  // that nothing is known of it, so it must not be done any more.
  if (session.isClosed) return refused('wrong-session');
  if (isStale(session, command)) return refused('stale');
  words.say({ t: 'executing', id, attempt });
  const executed = await session.options.broker.execute(command);
  return executed && resultOf(command, executed);
}

function isStale({ options }: CommandSession, { untilMs }: Command): boolean {
  const nowMs = options.clock.monotonicMs();
  return nowMs > untilMs || untilMs - nowMs > mostAheadMs;
}

async function refusalOf(session: CommandSession, command: Command): Promise<RefusalReason | null> {
  const { broker, login } = session.options;
  if (broker.status().login !== login) return 'wrong-account';
  if (session.isReadOnly) return 'read-only';
  if (isStale(session, command)) return 'stale';
  return priceRefusal(session, command);
}

/** A market order or a close whose price is worse than was allowed. */
async function priceRefusal(
  { options }: CommandSession,
  command: Command,
): Promise<RefusalReason | null> {
  if (command.t !== 'place' && command.t !== 'close') return null;
  const { broker } = options;
  if (command.t === 'place' && command.kind !== 'market') return null;
  const traded =
    command.t === 'place'
      ? command
      : (await broker.book()).positions.find(({ position }) => position === command.position);
  if (!traded) return 'position';
  const quote = broker.quote(traded.symbol);
  if (!quote) return 'symbol';
  const { worstPrice } = command;
  const isBuying = (traded.side === 'buy') === (command.t === 'place');
  if (worstPrice === null) return null;
  const isWorse = isBuying ? quote.ask > worstPrice : quote.bid < worstPrice;
  return isWorse ? 'price' : null;
}

function refused(reason: RefusalReason): CommandResult {
  return { outcome: 'refused', retcode: 0, reason, ...none };
}

export function resultOf(command: Command, executed: Executed): CommandResult {
  return { outcome: outcomeOf(command, executed.retcode), reason: null, ...executed };
}

function outcomeOf(command: Command, retcode: number): CommandResult['outcome'] {
  switch (classify(retcode)) {
    case 'done':
      // A pending order is taken: what becomes of it is yet to come.
      return command.t === 'place' && command.kind !== 'market' ? 'placed' : 'done';
    case 'already':
      return 'done';
    case 'placed':
      return 'placed';
    case 'partial':
      return 'partial';
    case 'retry':
    case 'permanent':
      return 'rejected';
    case 'ambiguous':
      return 'unknown';
  }
}

function report(session: CommandSession, command: Command, result: CommandResult): void {
  session.say({ t: 'result', id: command.id, attempt: command.attempt, result });
}

function reportAgain(session: CommandSession, command: Command, result: CommandResult): void {
  session.say({ t: 'ack', id: command.id, attempt: command.attempt });
  report(session, command, result);
}
