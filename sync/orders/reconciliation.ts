/** What a whole look at the terminal tells of what the server was not sure of. */
import type { Intent } from '#core/broker/intent.ts';
import type { Fate, FateQuestion } from '#core/broker/messages.ts';
import { isClosedBy } from './deal-sums.ts';
import { settlePairs } from './groups.ts';
import { noteFill } from './shown-soon.ts';
import type { HeldPosition, OrderTx } from './order-store.ts';
import { halt } from './session.ts';
import { step } from './step.ts';
import type { TerminalBook } from './terminal-book.ts';

/** A second look at what is missing comes no sooner than this after the first. */
export const missAgainMs = 10_000;
/** What was sent this long ago without a word of it is asked for. */
const overdueMs = 30_000;
const mostQuestions = 500;

const underWay: ReadonlySet<Intent['state']> = new Set(['claimed', 'sent', 'acked', 'executing']);
const atBroker: ReadonlySet<Intent['state']> = new Set([
  'accepted',
  'working',
  'partial',
  'modifying',
  'cancelling',
]);

/** What was under way in any session but this one (null: in any) may have happened or not. */
export async function loseLinks(tx: OrderTx, session: string | null, nowMs: number): Promise<void> {
  for (const intent of await tx.openIntents()) {
    const isLost = intent.session !== null && intent.session !== session;
    if (isLost && underWay.has(intent.state)) await step(tx, intent, { t: 'link-lost' }, nowMs);
  }
}

/** Whose fate the connector is to be asked for. `book` null: it was not shown yet. */
export async function unsure(
  tx: OrderTx,
  book: TerminalBook | null,
  nowMs: number,
): Promise<readonly FateQuestion[]> {
  return questionsOf((await tx.openIntents()).filter((intent) => isUnsure(intent, book, nowMs)));
}

const questionsOf = (intents: readonly Intent[]): readonly FateQuestion[] =>
  intents.slice(0, mostQuestions).map(({ id, attempt, magic }) => ({ id, attempt, magic }));

function isUnsure(intent: Intent, book: TerminalBook | null, nowMs: number): boolean {
  const { state } = intent;
  if (state === 'unknown') return true;
  if (underWay.has(state)) return nowMs - (intent.sentMs ?? intent.updatedMs) >= overdueMs;
  return book !== null && isGone(intent, book);
}

/**
 * Of those whose results came, and of those whose cancelling did: orders that wait at the broker as
 * far as is known, and that the book does not show. One that is taken away before it was ever shown
 * leaves no change to be told.
 */
export async function unshown(
  tx: OrderTx,
  ids: readonly string[],
  book: TerminalBook,
): Promise<readonly FateQuestion[]> {
  const ended = await tx.intents(ids);
  const canceled = ended.flatMap(({ body }) => (body.t === 'cancel' ? [body.order] : []));
  const open = canceled.length === 0 ? [] : await tx.openIntents();
  const named = open.filter(({ order }) => order !== null && canceled.includes(order));
  const waiting = [...ended, ...named].filter(({ state }) => state === 'working');
  return questionsOf(waiting.filter((each) => isGone(each, book)));
}

/** An order that is gone from the book was filled, canceled or refused: its history knows. */
const isGone = ({ state, order }: Intent, book: TerminalBook): boolean =>
  atBroker.has(state) && (order === null || !book.orders.has(order));

export async function takeFates(
  tx: OrderTx,
  { fates, isWhole }: { readonly fates: readonly Fate[]; readonly isWhole: boolean },
  nowMs: number,
): Promise<void> {
  await tx.intents(fates.map(({ id }) => id));
  for (const fate of fates) {
    const [intent] = await tx.intents([fate.id]);
    if (!intent) continue;
    const next = await step(tx, intent, { t: 'fate', fate, isWhole }, nowMs);
    await noteFill(tx, intent, next);
  }
}

export interface Look {
  readonly book: TerminalBook;
  /** Every part of it was whole, and the terminal connected to its broker all the while. */
  readonly isWhole: boolean;
  /** When it was asked for: what it shows is no older. */
  readonly begunMs: number;
  readonly nowMs: number;
}

export interface LookOutcome {
  /** When to look again because something is open; null = at the usual time. */
  readonly againMs: number | null;
  /** Of orders that the book does not show any more: when the look began it was not known yet. */
  readonly questions: readonly FateQuestion[];
}

/** The end of a look: snapshot, deals and fates are taken already. */
export async function conclude(tx: OrderTx, look: Look): Promise<LookOutcome> {
  const { nowMs, isWhole, begunMs } = look;
  const scan = { t: 'clean-scan', isConnected: isWhole, isWhole, tookMs: nowMs - begunMs } as const;
  for (const intent of await tx.openIntents()) {
    if (!doubtful.has(intent.state) || isWorking(intent, look.book)) continue;
    if (verify(intent, look)) await step(tx, intent, { t: 'verified' }, nowMs);
    else await step(tx, intent, scan, nowMs);
  }
  const missing = isWhole ? await missingPositions(tx, look) : false;
  await settlePairs(tx, nowMs);
  if (isWhole) await tx.saveAccount({ reconciledMs: nowMs });
  const hasUnknown = (await tx.openIntents()).some(({ state }) => state === 'unknown');
  const wishes = [...(missing ? [missAgainMs] : []), ...(hasUnknown ? [unknownAgainMs] : [])];
  const questions = questionsOf((await tx.openIntents()).filter((each) => isGone(each, look.book)));
  return { againMs: wishes.length === 0 ? null : Math.min(...wishes), questions };
}

/** As often is looked for what is unknown: evidence is found soon, and a quarantine not drawn out. */
export const unknownAgainMs = 15_000;

/** Those of which a look that finds nothing says something. */
const doubtful: ReadonlySet<Intent['state']> = new Set([
  'unknown',
  'accepted',
  'modifying',
  'cancelling',
]);

const isWorking = ({ body, order }: Intent, book: TerminalBook): boolean =>
  body.t === 'place' && order !== null && book.orders.has(order);

/** Changes leave no magic number behind: whether one was made is read from what is there. */
function verify({ body }: Intent, { book, isWhole }: Look): boolean {
  switch (body.t) {
    case 'modify': {
      const isPosition = 'position' in body.target;
      const shown = isPosition
        ? book.positions.get(body.target.position)
        : book.orders.get(body.target.order);
      if (!shown || !isLevel(shown.sl, body.sl) || !isLevel(shown.tp, body.tp)) return false;
      return !('price' in shown) || isLevel(shown.price, body.price);
    }
    case 'cancel':
      return isWhole && !book.orders.has(body.order);
    case 'close-by':
      return isWhole && !book.positions.has(body.position) && !book.positions.has(body.opposite);
    default:
      return false;
  }
}

const isLevel = (shown: number | null, wished: number | null): boolean =>
  Math.abs((shown ?? 0) - (wished ?? 0)) < 1e-9;

/** Whether some are missing of which more is to be found out. */
async function missingPositions(tx: OrderTx, { book, nowMs }: Look): Promise<boolean> {
  const gone = (await tx.positions()).filter(({ position }) => !book.positions.has(position));
  let isOpen = false;
  for (const held of gone) {
    if (isClosedBy(await tx.dealsOf({ position: held.position }), held)) {
      await remove(tx, held);
      continue;
    }
    const sinceMs = held.missingSinceMs ?? nowMs;
    if (held.misses >= 1 && nowMs - sinceMs >= missAgainMs) {
      const { position, symbol, volumeLots } = held;
      await tx.alert('position-lost', { position, symbol, volumeLots });
      await halt(tx, 'position-lost', { position, symbol });
      await remove(tx, held);
      continue;
    }
    isOpen = true;
    // A second look too soon is no second look.
    const misses = held.misses === 0 ? 1 : held.misses;
    if (misses !== held.misses) await tx.savePosition({ ...held, misses, missingSinceMs: sinceMs });
  }
  for (const { order } of await tx.orders())
    if (!book.orders.has(order)) await tx.removeOrder(order);
  return isOpen;
}

async function remove(tx: OrderTx, { position }: HeldPosition): Promise<void> {
  await tx.removePosition(position);
  await tx.removeTrail(position);
}
