/**
 * Takes a request in, in one transaction: seen before? then the same answer; beyond a limit? then
 * nothing; else intents that a connector's desk sends, with what they may cost kept free.
 *
 * A request that is refused leaves nothing behind, so asking again is asking anew.
 */
import type { Failure } from '#core/errors.ts';
import { requestHash } from '#core/broker/identity.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Intent } from '#core/broker/intent.ts';
import type {
  ChangeRequest,
  CloseRequest,
  OpenRequest,
  TradeRequest,
} from '#core/broker/request.ts';
import { checkTrail } from '#core/risk/trail.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { changing } from './changing.ts';
import { closing } from './closing.ts';
import { intentOf, type Draft } from './drafts.ts';
import { opening } from './opening.ts';
import type { KeptRequest, OrderStore, OrderTx } from './order-store.ts';
import { noAccount } from './session.ts';
import { positionOf, type Situation } from './situation.ts';
import { begin } from './step.ts';

export interface Admission {
  readonly nowMs: number;
  quoteOf(accountId: string, symbol: string): Quote | null;
}

export interface Admitted extends KeptRequest {
  readonly intents: readonly Intent[];
}

export async function submit(
  store: OrderStore,
  request: TradeRequest,
  at: Admission,
): Promise<Result<Admitted, Failure>> {
  const bodyHash = requestHash(request);
  const foreseen = { requestId: request.id, symbols: symbolsIn(request) };
  const work = (tx: OrderTx) => admit(tx, { request, bodyHash, at });
  const answer = await store.transact(request.accountId, work, foreseen);
  return answer ?? fail(noAccount);
}

interface Asked {
  readonly request: TradeRequest;
  readonly bodyHash: string;
  readonly at: Admission;
}

async function admit(
  tx: OrderTx,
  { request, bodyHash, at }: Asked,
): Promise<Result<Admitted, Failure>> {
  // All that can be needed is read at once, in one way to the database.
  const [kept, positions, orders, open, named] = await Promise.all([
    tx.request(request.id),
    tx.positions(),
    tx.orders(),
    tx.openIntents(),
    tx.instruments(symbolsIn(request)),
  ]);
  if (kept) {
    if (kept.bodyHash !== bodyHash) return fail(differs);
    return ok({ ...kept, intents: await tx.intents(kept.intentIds) });
  }
  const refusal = standingOf(tx, request);
  if (refusal) return fail(refusal);
  const symbols = [...positions, ...orders].map(({ symbol }) => symbol);
  const missing = symbols.filter((symbol) => !named.some((each) => each.symbol === symbol));
  const found = [...named, ...(await tx.instruments([...new Set(missing)]))];
  const situation: Situation = {
    ...{ requestId: request.id, nowMs: at.nowMs },
    ...{ account: tx.account, positions, orders, open },
    instruments: new Map(found.map((each) => [each.symbol, each])),
    quoteOf: (symbol) => at.quoteOf(request.accountId, symbol),
  };
  const drafts = await draftsOf(tx, situation, request);
  return drafts.ok ? ok(await keep(tx, { request, bodyHash, at }, drafts.value)) : drafts;
}

const differs: Failure = {
  code: 'trade.request-differs',
  detail: 'This id was used for another request.',
};

/** Why nothing of this kind may be asked of the account now. */
function standingOf({ account }: OrderTx, request: TradeRequest): Failure | null {
  if (account.state === 'revoked') return noAccount;
  if (account.state === 'pairing' || account.broker === null) {
    return { code: 'trade.account-unready', detail: 'The terminal was never heard.' };
  }
  if (account.state !== 'halted' || !isOpening(request)) return null;
  const reason = account.haltReason ?? '';
  return { code: 'trade.account-halted', detail: 'Trading is halted.', figures: { reason } };
}

async function draftsOf(
  tx: OrderTx,
  situation: Situation,
  request: TradeRequest,
): Promise<Result<Draft[], Failure>> {
  if (isOpening(request)) return opening(situation, request);
  if (isClosing(request)) return closing(situation, request);
  return request.t === 'trail' ? setTrail(tx, situation, request) : changing(situation, request);
}

/** No order: the desk follows the price from now on. */
async function setTrail(
  tx: OrderTx,
  situation: Situation,
  { position, trail }: Extract<ChangeRequest, { readonly t: 'trail' }>,
): Promise<Result<Draft[], Failure>> {
  if (trail === null) {
    await tx.removeTrail(position);
    return ok([]);
  }
  const held = positionOf(situation, position);
  if (!held.ok) return held;
  const checked = checkTrail(trail);
  if (!checked.ok) return checked;
  await tx.saveTrail({ position, trail, bestPrice: null, askedSl: null });
  return ok([]);
}

async function keep(
  tx: OrderTx,
  { request, bodyHash, at: { nowMs } }: Asked,
  drafts: readonly Draft[],
): Promise<Admitted> {
  const { id: requestId, accountId, t } = request;
  const origin = { accountId, requestId, origin: 'trader' as const, nowMs };
  const intents = drafts.map((draft) => intentOf(draft, origin));
  const intentIds = intents.map(({ id }) => id);
  const kept = { requestId, bodyHash, intentIds, createdMs: nowMs };
  await tx.addRequest(kept);
  for (const [n, intent] of intents.entries()) await begin(tx, intent, drafts[n]!.figures);
  await tx.audit('order.requested', { requestId, kind: t, orders: intents.length });
  return { ...kept, intents };
}

const openings: ReadonlySet<TradeRequest['t']> = new Set<OpenRequest['t']>([
  'place',
  'batch',
  'oco',
  'smart',
  'reverse',
]);
const closings: ReadonlySet<TradeRequest['t']> = new Set<CloseRequest['t']>([
  'close',
  'close-by',
  'close-all',
]);
const isOpening = (request: TradeRequest): request is OpenRequest => openings.has(request.t);
const isClosing = (request: TradeRequest): request is CloseRequest => closings.has(request.t);

function symbolsIn(request: TradeRequest): readonly string[] {
  if ('tickets' in request) return [...new Set(request.tickets.map(({ symbol }) => symbol))];
  return 'ticket' in request ? [request.ticket.symbol] : [];
}
