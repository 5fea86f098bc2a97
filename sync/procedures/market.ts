/** Markets: past prices of an account's broker or of a public source, and what sources say beside. */
import { z } from 'zod';
import type {
  FearIndex,
  MarketMovers,
  MarketOverview,
  MarketQuote,
  Part,
  SocialMentions,
  SourceView,
} from '#core/market/market-views.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import type { BarsPage } from '#core/market/wire-bars.ts';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { quotesOfAccount } from '../market/quotes-of-account.ts';
import { personProcedure, procedure, router, unwrap } from '../trpc.ts';
import { inApi } from './in-api.ts';
import { idText } from './inputs.ts';
import { moversShape, overviewShape, sentimentShape, sourcesShape } from './market-outputs.ts';
import { symbolText } from './trade-inputs.ts';

/** What a page with several charts asks again whenever it is scrolled or turned to. */
const watching = { access: 'account', limit: 'watching' } as const;
const forPrograms = { access: 'account', limit: 'data', scope: 'market:read' } as const;

/** The name of a source, or `any`. */
const providerName = z.string().regex(/^[a-z0-9-]{1,30}$/);
const source = z.union([
  z.strictObject({ accountId: idText }),
  z.strictObject({ provider: providerName }),
]);
const timeframe = z
  .string()
  .max(6)
  .refine((name) => timeframeMs(name) !== null);

export const market = router({
  /** The last bars that opened before a time, or the newest; at most 5,000. */
  bars: personProcedure(watching)
    .input(
      z.strictObject({
        source,
        symbol: symbolText,
        timeframe,
        beforeMs: z.int().min(0).max(8_640_000_000_000).nullable(),
        limit: z.int().min(1).max(5_000),
      }),
    )
    .query(async ({ ctx, input }): Promise<BarsPage> => {
      const { source: of, ...ask } = input;
      const { market: known } = ctx.services;
      return unwrap(
        ctx,
        'accountId' in of
          ? await known.accountBars({ userId: ctx.userId, accountId: of.accountId }, ask)
          : await known.sourceBars(of.provider, ask),
      );
    }),

  /** The latest price of each symbol that the source has one of. */
  quotes: personProcedure(watching)
    .input(z.strictObject({ source, symbols: z.array(symbolText).min(1).max(50) }))
    .query(async ({ ctx, input }): Promise<Part<readonly MarketQuote[]>> => {
      const { source: of, symbols } = input;
      if ('provider' in of) return ctx.services.market.quotes(of.provider, symbols);
      return unwrap(ctx, await accountQuotes(ctx, of.accountId, symbols));
    }),

  overview: procedure(forPrograms)
    .meta(
      inApi({
        method: 'GET',
        path: '/market/overview',
        tag: 'Market',
        summary: 'The crypto market as a whole',
      }),
    )
    .output(overviewShape)
    .query(({ ctx }): Promise<Part<MarketOverview>> => ctx.services.market.overview()),

  movers: procedure(forPrograms)
    .meta(
      inApi({
        method: 'GET',
        path: '/market/movers',
        tag: 'Market',
        summary: 'What gained, lost and was traded most',
      }),
    )
    .output(moversShape)
    .query(({ ctx }): Promise<Part<MarketMovers>> => ctx.services.market.movers()),

  sentiment: procedure(forPrograms)
    .meta(
      inApi({
        method: 'GET',
        path: '/market/sentiment',
        tag: 'Market',
        summary: 'Fear and greed, and what people talk about',
      }),
    )
    .output(sentimentShape)
    .query(
      async ({
        ctx,
      }): Promise<{ readonly index: Part<FearIndex>; readonly mentions: Part<SocialMentions> }> => {
        const { market: known } = ctx.services;
        const [index, mentions] = await Promise.all([known.index(), known.mentions()]);
        return { index, mentions };
      },
    ),

  /** Every source there is, and how those that are switched on are. */
  sources: procedure(forPrograms)
    .meta(
      inApi({
        method: 'GET',
        path: '/market/sources',
        tag: 'Market',
        summary: 'Every source, and how those that are switched on are',
      }),
    )
    .output(sourcesShape)
    .query(({ ctx }): { readonly sources: readonly SourceView[] } => ({
      sources: ctx.services.market.sources(),
    })),
});

async function accountQuotes(
  ctx: Parameters<typeof quotesOfAccount>[0],
  accountId: string,
  symbols: readonly string[],
): Promise<Result<Part<readonly MarketQuote[]>, Failure>> {
  const quotes = await quotesOfAccount(ctx, accountId, symbols);
  return quotes.ok ? ok({ there: quotes.value, without: null }) : quotes;
}
