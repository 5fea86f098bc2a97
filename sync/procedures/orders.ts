/** What a trader asks to be done at a broker, and what became of it. */
import { z } from 'zod';
import type { Instrument } from '#core/broker/instrument.ts';
import type {
  BookView,
  DealView,
  EquityPoint,
  HoldingView,
  IntentEventView,
  IntentView,
  RequestView,
  SeenEquityView,
  SizeView,
} from '#core/broker/views.ts';
import { allInstruments, bookOf } from '../terminals/book-page.ts';
import { dealsPage, equitySince, intentsPage, oneIntent } from '../terminals/order-pages.ts';
import { resolveIntent, settleRequest, submitRequest } from '../terminals/order-calls.ts';
import { holdingsOf, worthSince } from '../terminals/portfolio.ts';
import { sizeOf } from '../terminals/ticket-size.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, plainText } from './inputs.ts';
import {
  changeRequest,
  closeRequest,
  openRequest,
  riskRatio,
  smartTicket,
  symbolText,
} from './trade-inputs.ts';

const reading = { access: 'account', limit: 'data' } as const;
const opening = { access: 'account', limit: 'trading', verified: true, awake: true } as const;
/** What takes risk away is never kept waiting for a proof. */
const closing = { access: 'account', limit: 'closing', verified: true } as const;
const entrusting = { ...opening, stepUp: true } as const;

const accountId = idText;
const before = z.strictObject({ ms: z.int().min(0), id: plainText(64).min(1) });

/** From where the next page goes on; null where there is none. */
export interface Page {
  readonly before: z.infer<typeof before> | null;
}

export const orders = router({
  open: personProcedure(opening)
    .input(z.strictObject({ request: openRequest }))
    .mutation(async ({ ctx, input }): Promise<RequestView> =>
      unwrap(ctx, await submitRequest(ctx, input.request)),
    ),

  change: personProcedure(closing)
    .input(z.strictObject({ request: changeRequest }))
    .mutation(async ({ ctx, input }): Promise<RequestView> =>
      unwrap(ctx, await submitRequest(ctx, input.request)),
    ),

  close: personProcedure(closing)
    .input(z.strictObject({ request: closeRequest }))
    .mutation(async ({ ctx, input }): Promise<RequestView> =>
      unwrap(ctx, await submitRequest(ctx, input.request)),
    ),

  /** For a device that never had the answer: one that had not come is taken no more. */
  settle: personProcedure(closing)
    .input(z.strictObject({ accountId, requestId: idText }))
    .mutation(async ({ ctx, input }): Promise<{ readonly taken: RequestView | null }> =>
      unwrap(ctx, await settleRequest(ctx, input)),
    ),

  /**
   * Said to be looked at: prices of these symbols, and of what is held, are passed on to the
   * person's devices for a minute and a half.
   */
  book: personProcedure({ ...reading, limit: 'watching' })
    .input(z.strictObject({ accountId, symbols: z.array(symbolText).max(50).default([]) }))
    .query(async ({ ctx, input }): Promise<BookView> => unwrap(ctx, await bookOf(ctx, input))),

  /** All that the broker quotes: long, and seldom another. */
  instruments: personProcedure(reading)
    .input(z.strictObject({ accountId }))
    .query(async ({ ctx, input }): Promise<{ readonly instruments: readonly Instrument[] }> =>
      unwrap(ctx, await allInstruments(ctx, input.accountId)),
    ),

  list: personProcedure(reading)
    .input(z.strictObject({ accountId, before: before.optional() }))
    .query(async ({ ctx, input }): Promise<Page & { readonly intents: readonly IntentView[] }> =>
      unwrap(ctx, await intentsPage(ctx, input)),
    ),

  one: personProcedure(reading)
    .input(z.strictObject({ intentId: idText }))
    .query(
      async ({
        ctx,
        input,
      }): Promise<{ readonly intent: IntentView; readonly events: readonly IntentEventView[] }> =>
        unwrap(ctx, await oneIntent(ctx, input.intentId)),
    ),

  deals: personProcedure(reading)
    .input(
      z.strictObject({
        accountId,
        before: before.optional(),
        limit: z.int().min(1).max(1_000).default(100),
      }),
    )
    .query(async ({ ctx, input }): Promise<Page & { readonly deals: readonly DealView[] }> =>
      unwrap(ctx, await dealsPage(ctx, input)),
    ),

  /** At most a thousand points, the newest. */
  equity: personProcedure(reading)
    .input(z.strictObject({ accountId, fromMs: z.int().min(0) }))
    .query(async ({ ctx, input }): Promise<{ readonly points: readonly EquityPoint[] }> =>
      unwrap(ctx, await equitySince(ctx, input)),
    ),

  /** What lies open on every account. Said to be looked at, as a book is. */
  holdings: personProcedure({ ...reading, limit: 'watching' }).query(
    async ({ ctx }): Promise<{ readonly holdings: readonly HoldingView[] }> => ({
      holdings: await holdingsOf(ctx),
    }),
  ),

  /** The equity of every account, at most a few hundred points of each. */
  worth: personProcedure(reading)
    .input(z.strictObject({ fromMs: z.int().min(0) }))
    .query(async ({ ctx, input }): Promise<{ readonly accounts: readonly SeenEquityView[] }> => ({
      accounts: await worthSince(ctx, input.fromMs),
    })),

  size: personProcedure({ ...reading, limit: 'watching' })
    .input(z.strictObject({ accountId, ticket: smartTicket, riskRatio }))
    .query(async ({ ctx, input }): Promise<SizeView> => unwrap(ctx, await sizeOf(ctx, input))),

  /** A person says what became of an intent that nobody else can. */
  resolve: personProcedure(entrusting)
    .input(
      z.strictObject({
        intentId: idText,
        as: z.enum(['executed', 'not-executed']),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<IntentView> =>
      unwrap(ctx, await resolveIntent(ctx, input)),
    ),
});
