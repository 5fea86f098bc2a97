/** Hands a trader's request on, and does what belongs to a call: the expiry, the audit's actor. */
import type { IntentView, RequestView } from '#core/broker/views.ts';
import type { Resolution } from '#core/broker/order-event.ts';
import type { TradeRequest } from '#core/broker/request.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { isAsleep } from '../auth/authorise.ts';
import { submit } from '../orders/admission.ts';
import { resolveIntent as resolve } from '../orders/resolution.ts';
import { settleRequest as settle } from '../orders/settlement.ts';
import { intentView } from '../orders/told-change.ts';
import { findIntent, withoutIntent } from './order-pages.ts';
import { ordersOf, type TraderContext } from './trader-context.ts';

/** The same for the same request, however often it is asked. */
export async function submitRequest(
  ctx: TraderContext,
  request: TradeRequest,
): Promise<Result<RequestView, Failure>> {
  const { terminals } = ctx.services;
  if (addsRisk(request) && isAsleep(ctx.signedIn.session, ctx.nowMs)) {
    const detail = 'The session lay idle; prove who you are once more.';
    return fail({ code: 'auth.step-up-needed', detail });
  }
  const admitted = await submit(ordersOf(ctx), request, {
    nowMs: ctx.nowMs,
    quoteOf: (accountId, symbol) => terminals.quoteOf(accountId, symbol),
  });
  if (!admitted.ok) return admitted;
  const { requestId, intents } = admitted.value;
  terminals.looked(request.accountId, symbolsIn(request));
  return ok({ requestId, intents: intents.map(intentView) });
}

/** What became of a request; null where it never came, and is taken no more. */
export async function settleRequest(
  ctx: TraderContext,
  asked: { readonly accountId: string; readonly requestId: string },
): Promise<Result<{ readonly taken: RequestView | null }, Failure>> {
  const settled = await settle(ordersOf(ctx), { ...asked, nowMs: ctx.nowMs });
  if (!settled.ok) return settled;
  const taken = settled.value;
  return ok({
    taken: taken && { requestId: taken.requestId, intents: taken.intents.map(intentView) },
  });
}

/** A stop may be moved away; closing and cancelling are never kept waiting for a proof. */
function addsRisk({ t }: TradeRequest): boolean {
  return !['cancel', 'close', 'close-by', 'close-all', 'break-even'].includes(t);
}

function symbolsIn(request: TradeRequest): readonly string[] {
  if ('ticket' in request) return [request.ticket.symbol];
  return 'tickets' in request ? request.tickets.map(({ symbol }) => symbol) : [];
}

export async function resolveIntent(
  ctx: TraderContext,
  { intentId, as }: { readonly intentId: string; readonly as: Resolution },
): Promise<Result<IntentView, Failure>> {
  const intent = await findIntent(ctx, intentId);
  if (!intent) return withoutIntent;
  const { accountId } = intent;
  const resolved = await resolve(ordersOf(ctx), intentId, { accountId, as, nowMs: ctx.nowMs });
  return resolved.ok ? ok(intentView(resolved.value)) : resolved;
}
