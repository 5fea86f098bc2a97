/** Shapes that the procedures of markets answer with, where the API documents them. */
import { z } from 'zod';
import { marketKinds, marketTroubles } from '#core/market/market-views.ts';

const ms = z.number().int().describe('Milliseconds since 1970-01-01 UTC');
const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();
const trouble = z.enum(marketTroubles);

const told = {
  source: z.string(),
  heardMs: ms.describe('When the source was asked'),
  isStale: z.boolean().describe('No source answers; this is the last that was heard'),
};

/** What there is, or why there is nothing, by source. */
const part = <T extends z.ZodType>(there: T) =>
  z.union([
    z.object({ there, without: z.null() }),
    z.object({ there: z.null(), without: z.record(z.string(), trouble) }),
  ]);

export const overviewShape = part(
  z.object({
    ...told,
    capitalisationUsd: z.number().nullable(),
    capitalisationChangeRatio: z.number().nullable().describe('Over a day; 0.01 = 1 %'),
    volumeUsd: z.number().nullable(),
    dominance: list(z.object({ symbol: z.string(), ratio: z.number() })),
  }),
);

const movers = list(
  z.object({
    symbol: z.string(),
    name: z.string(),
    priceUsd: z.number(),
    changeRatio: z.number(),
    volumeUsd: z.number().nullable(),
  }),
);
export const moversShape = part(
  z.object({ ...told, gainers: movers, losers: movers, busiest: movers }),
);

const mood = { timeMs: ms, value: z.number().describe('0 fear to 100 greed') };
export const sentimentShape = z.object({
  index: part(z.object({ ...told, ...mood, past: list(z.object(mood)) })),
  mentions: part(
    z.object({
      ...told,
      most: list(
        z.object({
          symbol: z.string(),
          name: z.string(),
          mentions: z.number(),
          mentionsBefore: z.number().nullable(),
        }),
      ),
    }),
  ),
});

export const sourcesShape = z.object({
  sources: list(
    z.object({
      name: z.string(),
      title: z.string(),
      homepage: z.string(),
      kinds: list(z.enum(marketKinds)),
      isOn: z.boolean(),
      breaker: z.enum(['closed', 'open', 'half-open']),
      heardMs: ms.nullable(),
      trouble: z.object({ why: trouble, atMs: ms }).nullable(),
      restsUntilMs: ms.nullable(),
      skewMs: z.number().nullable(),
    }),
  ),
});
