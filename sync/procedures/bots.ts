/** Bots: strategies that the server trades by itself, started, watched over and ended. */
import { z } from 'zod';
import type { BotDetail, BotDrift, BotEventView, BotView } from '#core/automation/bot-views.ts';
import { botTimeframes, type BotState } from '#core/automation/bot.ts';
import { longestCode } from '#core/code/read-code.ts';
import { botDrift, botLog, listBots, oneBot } from '../automation/bot-pages.ts';
import { startBot } from '../automation/starting.ts';
import { killBots, setBotLimits, steerBot } from '../automation/steering.ts';
import { personProcedure, router, unwrap } from '../trpc.ts';
import { idText, nameText, plainText } from './inputs.ts';
import { symbolText } from './trade-inputs.ts';

const reading = { access: 'account', limit: 'data' } as const;
const entrusting = { access: 'account', limit: 'trading', verified: true, awake: true } as const;
/** What takes risk away is never kept waiting for a proof. */
const ending = { access: 'account', limit: 'closing', verified: true } as const;

const botId = idText;
const bars = z.int().min(1).max(10_000);
const money = z.number().min(0).max(1e12);
const ratio = z.number().positive().max(1);

const botLimits = z.strictObject({
  volumeLots: z.number().positive().max(1e7),
  open: z.int().min(1).max(200),
  dayLossMoney: money.positive().nullable(),
  dayLossRatio: ratio.nullable(),
  dayOrders: z.int().min(1).max(5_000),
});

const protection = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('cool-down'), bars }),
  z.strictObject({
    t: z.literal('stop-guard'),
    losses: z.int().min(1).max(100),
    withinBars: bars,
    pauseBars: bars,
  }),
  z.strictObject({
    t: z.literal('low-profit'),
    trips: z.int().min(1).max(1_000),
    leastMoney: z.number().min(-1e12).max(1e12),
    pauseBars: bars,
  }),
  z.strictObject({ t: z.literal('drawdown'), ratio }),
]);
const protections = z.array(protection).max(8);

const inputName = plainText(64).min(1);
const settingsPart = z.union([
  z.number(),
  z.boolean(),
  plainText(64),
  z.null(),
  z.record(inputName, z.union([z.number(), z.boolean(), plainText(64)])),
]);

const strategy = z.strictObject({
  name: nameText(1),
  strategyId: plainText(64).min(1).nullable(),
  /** Missing = rules, whose text may be less long. */
  language: z.enum(['rules', 'code']).optional(),
  source: plainText(longestCode),
  inputs: z.record(inputName, z.number()).refine((given) => Object.keys(given).length <= 100),
  settings: z.record(inputName, settingsPart).refine((given) => Object.keys(given).length <= 100),
});

const mostHistory = 5_000;
const column = z.array(z.number().positive().max(1e9)).max(mostHistory);
const history = z
  .strictObject({
    timesMs: z.array(z.int().min(0).max(8_640_000_000_000_000)).max(mostHistory),
    ...{ open: column, high: column, low: column, close: column },
    volume: z.array(money).max(mostHistory).nullable(),
    digits: z.int().min(0).max(8),
    isLastOpen: z.boolean(),
  })
  .refine(({ timesMs, open, high, low, close, volume }) =>
    [open, high, low, close, volume ?? timesMs].every(({ length }) => length === timesMs.length),
  );

export const bots = router({
  list: personProcedure({ ...reading, limit: 'watching' }).query(
    async ({ ctx }): Promise<{ readonly bots: readonly BotView[] }> => ({
      bots: await listBots(ctx),
    }),
  ),

  one: personProcedure({ ...reading, limit: 'watching' })
    .input(z.strictObject({ botId }))
    .query(async ({ ctx, input }): Promise<BotDetail> =>
      unwrap(ctx, await oneBot(ctx, input.botId)),
    ),

  log: personProcedure({ ...reading, limit: 'watching' })
    .input(z.strictObject({ botId, before: z.int().min(1).optional() }))
    .query(
      async ({
        ctx,
        input,
      }): Promise<{ readonly events: readonly BotEventView[]; readonly before: number | null }> =>
        unwrap(ctx, await botLog(ctx, input)),
    ),

  /** A whole backtest over the bars that the bot saw. */
  drift: personProcedure(reading)
    .input(z.strictObject({ botId }))
    .query(async ({ ctx, input }): Promise<BotDrift> =>
      unwrap(ctx, await botDrift(ctx, input.botId)),
    ),

  start: personProcedure(entrusting)
    .input(
      z.strictObject({
        ...{ botId, accountId: idText, name: nameText(1), symbol: symbolText },
        timeframe: z.enum(botTimeframes),
        strategy,
        capital: z.number().positive().max(1e12).nullable(),
        limits: botLimits,
        protections,
        history: history.nullable(),
        isReal: z.boolean(),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<{ readonly botId: string }> =>
      unwrap(ctx, await startBot(ctx, input)),
    ),

  pause: personProcedure(ending)
    .input(z.strictObject({ botId }))
    .mutation(async ({ ctx, input }): Promise<{ readonly state: BotState }> =>
      unwrap(ctx, await steerBot(ctx, { ...input, step: 'pause', closesToo: false })),
    ),

  resume: personProcedure(entrusting)
    .input(z.strictObject({ botId }))
    .mutation(async ({ ctx, input }): Promise<{ readonly state: BotState }> =>
      unwrap(ctx, await steerBot(ctx, { ...input, step: 'resume', closesToo: false })),
    ),

  /** Its orders are canceled; positions stay with their stops unless they are to be closed. */
  stop: personProcedure(ending)
    .input(z.strictObject({ botId, closesToo: z.boolean() }))
    .mutation(async ({ ctx, input }): Promise<{ readonly state: BotState }> =>
      unwrap(ctx, await steerBot(ctx, { ...input, step: 'stop' })),
    ),

  /** All bots of the trader, of one account, or one of them. */
  kill: personProcedure(ending)
    .input(
      z.strictObject({
        accountId: idText.nullable(),
        botId: botId.nullable(),
        closesToo: z.boolean(),
      }),
    )
    .mutation(async ({ ctx, input }): Promise<{ readonly killed: number }> =>
      unwrap(ctx, await killBots(ctx, input)),
    ),

  setLimits: personProcedure(entrusting)
    .input(z.strictObject({ botId, limits: botLimits, protections }))
    .mutation(async ({ ctx, input }): Promise<{ readonly state: BotState }> =>
      unwrap(ctx, await setBotLimits(ctx, input)),
    ),
});
