/** A code strategy bar by bar: what it sees, what it may ask for, and how it is told it is wrong. */
import { describe, expect, test } from 'vitest';
import { sma } from '#core/indicators/sma.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { prices } from '#core/market/bars.ts';
import { standardLimits } from './api.ts';
import { codeTrader, stopOf } from './code-trader.ts';
import { HISTORY_BARS } from './layout.ts';
import { runMadeDesk, type MadeRun } from './made-desk.ts';

const bars = makeBars({ count: 300, seed: 7, volume: true });
const close = prices(bars.bid, 'close', bars.scale);

interface Ran extends MadeRun {
  readonly log: readonly string[];
  readonly warmupBars: number;
}

async function load(source: string, inputs = {}, onLog: (line: string) => void = () => undefined) {
  const ports = { limits: standardLimits, nowMs: () => performance.now(), onLog };
  return codeTrader({ source, inputs, bars }, ports);
}

async function run(source: string, inputs = {}): Promise<Ran> {
  const log: string[] = [];
  const trader = await load(source, inputs, (line) => log.push(line));
  if (!trader.ok) throw new Error(trader.error.detail);
  const ran = runMadeDesk(bars, trader.value);
  trader.value.flush();
  return { ...ran, log, warmupBars: trader.value.warmupBars };
}

async function failureOf(source: string) {
  const trader = await load(source);
  if (!trader.ok) return trader.error;
  try {
    runMadeDesk(bars, trader.value);
    trader.value.flush();
  } catch (error) {
    return stopOf(error);
  }
  return null;
}

describe('a strategy sees', () => {
  test('the closed bar and those before it, never one ahead', async () => {
    const { log } = await run(`export function next(ctx) {
      if (ctx.bar === 50) console.log(ctx.close.now, ctx.close.at(1), ctx.close.at(50), ctx.close.at(51), ctx.close.at(-1));
    }`);
    expect(log).toEqual([`${close[50]} ${close[49]} ${close[0]} NaN NaN`]);
  });

  test('its columns from the bar after all of them have a value', async () => {
    const ran = await run(
      `export const inputs = { period: 20 };
let mean: Series;
export function init(ctx: Context) { mean = ctx.indicator('sma', ctx.close, ctx.inputs.period); }
export function next(ctx: Context) { if (ctx.bar < 32) console.log(ctx.bar, mean.now); }`,
      { period: 30 },
    );
    const mean = sma(close, 30);
    expect(ran.warmupBars).toBe(29);
    expect(ran.log).toEqual([`30 ${mean[30]}`, `31 ${mean[31]}`]);
  });

  test('indicators of indicators, and each output of those that have several', async () => {
    const { log } = await run(`let b, smooth;
export function init(ctx) {
  b = ctx.indicator('bollinger', ctx.close, 20, 2);
  smooth = ctx.indicator('sma', b.middle, 5);
}
export function next(ctx) { if (ctx.bar === 100) console.log(b.upper.now > b.lower.now, smooth.now); }`);
    expect(log).toEqual([`true ${sma(sma(close, 20), 5)[100]}`]);
  });

  test('as many bars back as the machine keeps, however long the run', async () => {
    const many = makeBars({ count: HISTORY_BARS + 10, seed: 3 });
    const log: string[] = [];
    const source = `export function next(ctx) {
      if (ctx.bar === ${HISTORY_BARS + 5}) console.log(ctx.close.at(${HISTORY_BARS - 1}), ctx.close.at(${HISTORY_BARS}));
    }`;
    const ports = {
      limits: standardLimits,
      nowMs: () => 0,
      onLog: (line: string) => log.push(line),
    };
    const trader = await codeTrader({ source, inputs: {}, bars: many }, ports);
    if (!trader.ok) throw new Error(trader.error.detail);
    runMadeDesk(many, trader.value);
    trader.value.flush();
    expect(log).toEqual([`${many.bid.close[6]! / many.scale} NaN`]);
  });

  test('the same random numbers and no clock in every run', async () => {
    const source = `export function next(ctx) { if (ctx.bar < 4) console.log(Math.random(), new Date(ctx.time).getHours()); }`;
    const [first, second] = [await run(source), await run(source)];
    expect(first.log).toEqual(second.log);
    expect(new Set(first.log).size).toBe(3);
    expect(first.log[0]).toMatch(/ 1$/);
    expect(await failureOf('export function next() { Date.now() }')).toMatchObject({
      code: 'code.threw',
    });
    expect(await failureOf('export function next() { new Date() }')).toMatchObject({
      code: 'code.threw',
    });
  });
});

describe('a strategy asks for', () => {
  test('orders of every kind, as the desk takes them', async () => {
    const { orders } = await run(`export function next(ctx) {
      if (ctx.bar === 10) ctx.buy({ units: 2, stop: 1, target: 2 });
      if (ctx.bar === 11) ctx.sell({ lots: 0.5, limit: 1.5, expiryBars: 3, oco: 1 });
      if (ctx.bar === 12) ctx.buy({ risk: 0.01, stopAt: 1.2, stop: 1.1 });
      if (ctx.bar === 13) ctx.buy({ equityPart: 0.5, stopAt: 1.2, limit: 1.3 });
      if (ctx.bar === 14) ctx.sell();
    }`);
    const market = 0;
    const units = 0;
    expect(orders).toEqual([
      { bar: 10, tag: 1, market, side: 1, kind: 'market', units: 2, stop: 1, target: 2 },
      {
        ...{
          bar: 11,
          tag: 2,
          market,
          side: -1,
          kind: 'limit',
          units,
          sizing: { kind: 'lots', lots: 0.5 },
        },
        ...{ price: 1.5, expiryBars: 3, ocoGroup: 1 },
      },
      {
        ...{
          bar: 12,
          tag: 3,
          market,
          side: 1,
          kind: 'stop',
          units,
          sizing: { kind: 'risk', fraction: 0.01 },
        },
        ...{ price: 1.2, stop: 1.1 },
      },
      {
        ...{ bar: 13, tag: 4, market, side: 1, kind: 'stopLimit', units },
        ...{ sizing: { kind: 'equity', fraction: 0.5 }, price: 1.2, limit: 1.3 },
      },
      {
        bar: 14,
        tag: 5,
        market,
        side: -1,
        kind: 'market',
        units,
        sizing: { kind: 'equity', fraction: 1 },
      },
    ]);
  });

  test('changes of what is open, by the ids it is shown', async () => {
    const { positions, log } = await run(`let order;
export function next(ctx) {
  if (ctx.bar === 10) { ctx.buy({ units: 5 }); order = ctx.buy({ units: 1, limit: 0.5 }); }
  if (ctx.bar === 11) { console.log(ctx.orders.length, ctx.orders[0].id === order, ctx.position.side); ctx.cancel(order); }
  if (ctx.bar === 12) { console.log(ctx.orders.length); ctx.move(ctx.position.id, { stop: 0.9 }); }
  if (ctx.bar === 13) { console.log(ctx.position.stop); ctx.exit(ctx.position.id, 2); }
  if (ctx.bar === 14) { ctx.move(ctx.position.id, { stop: null, target: 9 }); ctx.sell({ units: 1 }); }
  if (ctx.bar === 15) { console.log(ctx.positions.map((each) => each.units).join()); ctx.exit(ctx.positions[1].id); }
}`);
    expect(log).toEqual(['1 true long', '0', '0.9', '3,1']);
    expect(positions).toHaveLength(1);
    expect(positions[0]).toMatchObject({ units: 3, stop: NaN, target: 9 });
  });

  test('nothing that the desk would not understand', async () => {
    for (const order of [
      '{ units: NaN }',
      '{ units: -1 }',
      '{ units: Infinity }',
      '{ units: "1" }',
      '{ units: 1, lots: 1 }',
      '{ risk: 0.01 }',
      '{ units: 1, expiryBars: 1.5 }',
      '{ volume: 1 }',
      'null',
    ]) {
      const failure = await failureOf(`export function next(ctx) { ctx.buy(${order}) }`);
      expect(failure, order).toMatchObject({ code: 'code.threw', figures: { line: 1 } });
    }
  });

  test('what the desk refuses, and reads so in the log', async () => {
    const { log, orders } = await run(
      'export function next(ctx) { if (ctx.bar === 20) ctx.buy({ units: 1e300 }) }',
    );
    expect(orders).toEqual([]);
    expect(log).toEqual(['bar 21: buy refused: its units cannot be traded']);
  });
});

describe('what is wrong is told', () => {
  test('with the line and the column of the trader’s own text', async () => {
    const source = `interface A { b: number }
export function next(ctx: Context): void {
  const a: A | null = null;
  if (ctx.bar === 9) console.log((a as unknown as A).b);
}`;
    const failure = await failureOf(source);
    expect(failure?.code).toBe('code.threw');
    expect(failure?.figures).toEqual({ line: 4, column: 53 });
    expect(failure?.problems?.[0]).toMatchObject({ line: 4, severity: 'error' });
  });

  test.each([
    ['code.syntax', 'export function next(ctx) { const a = 1 +; }'],
    ['code.syntax', 'export function next(ctx) { let a = 1; let a = 2; }'],
    [
      'code.threw',
      "export function init(ctx) { ctx.indicator('sma', ctx.close, 0) } export function next() {}",
    ],
    [
      'code.threw',
      "export function init(ctx) { ctx.indicator('smma', ctx.close, 3) } export function next() {}",
    ],
    [
      'code.threw',
      "export function init(ctx) { ctx.indicator('zigzag', 3) } export function next() {}",
    ],
    ['code.threw', "export function next(ctx) { ctx.indicator('sma', ctx.close, 3) }"],
    ['code.threw', 'export function next(ctx) { ctx.crossesAbove(ctx.close, undefined) }'],
    ['code.threw', 'export function next(ctx) { new ctx.close.constructor(99).at.x.y }'],
    ['code.threw', 'export function init(ctx) { ctx.buy({ units: 1 }) } export function next() {}'],
    [
      'code.output-too-large',
      "export function next(ctx) { for (let i = 0; i < 9; i++) console.log('x') }",
    ],
  ])('by the code %s: %s', async (code, source) => {
    expect(await failureOf(source)).toMatchObject({ code });
  });

  test('for inputs it does not have', async () => {
    const trader = await load('export const inputs = { a: 1 };\nexport function next() {}', {
      b: 2,
    });
    expect(trader).toMatchObject({ ok: false, error: { code: 'run.input-unknown' } });
  });
});
