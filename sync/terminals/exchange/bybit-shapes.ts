/** What Bybit answers (API v5, linear contracts), checked field by field: its numbers are texts. */
import { z } from 'zod';

const amount = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,18})?$/)
  .transform(Number);
/** Absent or empty where there is none. */
const amountOrNone = z.union([z.literal('').transform(() => 0), amount]);
const optional = amountOrNone.optional().transform((value) => value ?? 0);
const timeMs = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const word = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);
const symbol = z.string().regex(/^[A-Z0-9._-]{1,20}$/);
const side = z.enum(['Buy', 'Sell']).transform((each) => (each === 'Buy' ? 'buy' : 'sell'));
/** Ours are decimal; others' may be anything, and name nothing of ours. */
const link = z.string().max(64).optional();

const cursor = z
  .string()
  .max(2_000)
  .nullish()
  .transform((value) => value ?? '');
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ list: z.array(item).max(1_000), nextPageCursor: cursor });

export const instrumentPage = pageOf(
  z.object({
    symbol,
    contractType: z.string(),
    status: z.string(),
    settleCoin: z.string(),
    priceFilter: z.object({ tickSize: amount }),
    lotSizeFilter: z.object({
      minOrderQty: amount,
      maxOrderQty: amount,
      maxMktOrderQty: amountOrNone.optional(),
      qtyStep: amount,
    }),
  }),
);

export const tickerPage = pageOf(
  z.object({ symbol, bid1Price: amountOrNone, ask1Price: amountOrNone }),
);

export const orderPage = pageOf(
  z.object({
    orderId: word,
    orderLinkId: link,
    symbol,
    side,
    orderType: z.enum(['Limit', 'Market']),
    orderStatus: z.string(),
    qty: amount,
    leavesQty: amountOrNone,
    cumExecQty: amountOrNone,
    avgPrice: optional,
    price: amountOrNone,
    triggerPrice: optional,
    takeProfit: optional,
    stopLoss: optional,
    stopOrderType: z.string().optional(),
    createdTime: timeMs,
  }),
);
export type ShownOrder = z.infer<typeof orderPage>['list'][number];

/** `positionIdx` 0: one position a symbol. Both ways at once is what this connector cannot do. */
export const positionPage = pageOf(
  z.object({
    symbol,
    side: z.enum(['Buy', 'Sell', 'None', '']),
    size: amount,
    avgPrice: amountOrNone,
    unrealisedPnl: amountOrNone,
    takeProfit: optional,
    stopLoss: optional,
    positionIdx: z.literal(0),
  }),
);
export type ShownPosition = z.infer<typeof positionPage>['list'][number];

export const executionPage = pageOf(
  z.object({
    execId: word,
    orderId: word,
    orderLinkId: link,
    symbol,
    side,
    execType: z.string(),
    execQty: amount,
    execPrice: amount,
    execFee: amountOrNone,
    stopOrderType: z.string().optional(),
    execTime: timeMs,
    /** Counts up within a symbol. */
    seq: z.number().optional(),
  }),
);
export type Execution = z.infer<typeof executionPage>['list'][number];

export const walletAnswer = z.object({
  list: z
    .array(
      z.object({
        coin: z.array(
          z.object({
            coin: z.string(),
            equity: amount,
            walletBalance: amount,
            totalPositionIM: optional,
            totalOrderIM: optional,
          }),
        ),
      }),
    )
    .length(1),
});

export const keyAnswer = z.object({
  userID: z.union([z.number().int(), z.string().regex(/^\d{1,20}$/)]).transform(String),
  readOnly: z.union([z.literal(0), z.literal(1)]),
  permissions: z.object({ Wallet: z.array(z.string()).optional() }),
});

export const madeAnswer = z.object({ orderId: word });

/** Opening, open, high, low, close, volume, and what it was worth; newest first. */
export const klineAnswer = z.object({
  list: z
    .array(
      z
        .tuple([timeMs, amount, amount, amount, amount, amount])
        .rest(z.unknown())
        .transform(([openMs, open, high, low, close, volume]) => {
          return { openMs, open, high, low, close, volume };
        }),
    )
    .max(1_000),
});
