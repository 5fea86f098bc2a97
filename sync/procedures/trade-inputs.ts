/** Shapes of what a trader asks for: bounded and finite, so that nothing huge or odd gets far. */
import { z } from 'zod';
import { paperFaults, paperProfiles } from '#core/broker/paper-settings.ts';
import { idText, plainText } from './inputs.ts';

/** zod's numbers are finite; beyond these no price, volume or money is meant. */
const price = z.number().positive().max(1e9);
const level = price.nullable();
const points = z.int().min(0).max(1_000_000);
const lots = z.number().positive().max(1e7);
const timeMs = z.int().min(0).max(8_640_000_000_000_000).nullable();
/** MT5 counts; an exchange may have any word. */
const ticket = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/);
export const symbolText = plainText(64).min(1);
const ratio = z.number().positive().max(1);

const placing = {
  symbol: symbolText,
  side: z.enum(['buy', 'sell']),
  kind: z.enum(['market', 'limit', 'stop', 'stop-limit']),
  price: level,
  limitPrice: level,
  sl: level,
  tp: level,
  deviationPoints: points,
  worstPrice: level,
  lastsUntilMs: timeMs,
};
export const orderTicket = z.strictObject({ ...placing, volumeLots: lots });
export const smartTicket = z.strictObject(placing);
export const riskRatio = ratio;

const named = { id: idText, accountId: idText };

export const openRequest = z.discriminatedUnion('t', [
  z.strictObject({ ...named, t: z.literal('place'), ticket: orderTicket }),
  z.strictObject({ ...named, t: z.literal('batch'), tickets: z.array(orderTicket).min(1).max(20) }),
  z.strictObject({ ...named, t: z.literal('oco'), tickets: z.tuple([orderTicket, orderTicket]) }),
  z.strictObject({ ...named, t: z.literal('smart'), ticket: smartTicket, riskRatio: ratio }),
  z.strictObject({ ...named, t: z.literal('reverse'), position: ticket }),
]);

const pips = z.number().min(0).max(100_000);
const trail = z.strictObject({
  activationPips: pips.min(5),
  distancePips: pips.min(3),
  lockPips: pips,
});

export const changeRequest = z.discriminatedUnion('t', [
  z.strictObject({
    ...named,
    t: z.literal('modify-position'),
    position: ticket,
    sl: level,
    tp: level,
  }),
  z.strictObject({
    ...named,
    t: z.literal('modify-order'),
    order: ticket,
    price,
    limitPrice: level,
    sl: level,
    tp: level,
    lastsUntilMs: timeMs,
  }),
  z.strictObject({ ...named, t: z.literal('break-even'), position: ticket, lockPoints: points }),
  z.strictObject({ ...named, t: z.literal('trail'), position: ticket, trail: trail.nullable() }),
  z.strictObject({ ...named, t: z.literal('cancel'), order: ticket }),
]);

export const closeRequest = z.discriminatedUnion('t', [
  z.strictObject({
    ...named,
    t: z.literal('close'),
    position: ticket,
    volumeLots: lots.nullable(),
  }),
  z.strictObject({ ...named, t: z.literal('close-by'), position: ticket, opposite: ticket }),
  z.strictObject({
    ...named,
    t: z.literal('close-all'),
    symbol: symbolText.nullable(),
    ordersToo: z.boolean(),
  }),
]);

export const riskLimits = z.strictObject({
  positionRatio: ratio,
  riskRatio: ratio,
  exposureRatio: ratio,
  openPositions: z.int().min(1).max(1_000),
  drawdownRatio: ratio,
  rewardRatio: z.number().min(0).max(100),
  needsStop: z.boolean(),
  defaultStopRatio: ratio,
  defaultTargetRatio: ratio,
});

export const paperTerms = {
  mode: z.enum(['hedging', 'netting']),
  currency: z.string().regex(/^[A-Z]{3}$/),
  balance: z.number().positive().max(1e9),
  leverage: z.int().min(1).max(2_000),
  profile: z.enum(paperProfiles),
  symbols: z.array(symbolText).min(1).max(100).nullable().default(null),
};

const chunkHash = z.string().regex(/^[0-9a-f]{64}$/);

export const paperBehaviour = {
  prices: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('generator'),
      seed: z.int().min(0).max(0xffff_ffff),
      volatility: z.number().min(0).max(100),
    }),
    z.strictObject({
      kind: z.literal('replay'),
      series: z
        .array(
          z.strictObject({
            symbol: symbolText,
            kind: z.enum(['bars', 'ticks']),
            chunks: z.array(chunkHash).min(1).max(500),
          }),
        )
        .min(1)
        .max(20),
    }),
  ]),
  speed: z.number().min(0).max(1_000),
  faults: z.array(z.enum(paperFaults)).max(paperFaults.length),
};
