/**
 * What a strategy in code costs a bar, and what its sandbox costs a run: in time of the processor,
 * because the limit is no rival that a busy machine would slow as well.
 */
import { strict as assert } from 'node:assert';
import type { OrderDesk } from '#core/execution/order-desk.ts';
import { sma } from '#core/indicators/sma.ts';
import { prices, type Bars } from '#core/market/bars.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { standardLimits } from '#workers/code/api.ts';
import { codeTrader } from '#workers/code/code-trader.ts';
import type { Row } from '../row.ts';
import { median } from '../web/median.ts';

const ROUNDS = 3;
const MOST_MICROSECONDS = 5;

const source = `export const inputs = { fast: 10, slow: 30 };
let fast: Series, slow: Series;
export function init(ctx: Context) {
  fast = ctx.indicator('sma', ctx.close, ctx.inputs.fast);
  slow = ctx.indicator('sma', ctx.close, ctx.inputs.slow);
}
export function next(ctx: Context) {
  if (ctx.crossesAbove(fast, slow)) ctx.buy({ units: 1, stop: ctx.close.now * 0.99 });
  else if (ctx.crossesBelow(fast, slow)) ctx.sell({ units: 1, stop: ctx.close.now * 1.01 });
}`;

interface Round {
  readonly startMs: number;
  readonly barsMs: number;
  readonly plainMs: number;
}

/** The desk takes every order and fills none: what is measured is the strategy, not the broker. */
export async function codeRows(count: number): Promise<Row[]> {
  const bars = makeBars({ count, seed: 1 });
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(bars));
  const perBar = median(rounds.map(({ barsMs }) => (barsMs * 1000) / count));
  const startMs = median(rounds.map((round) => round.startMs));
  return [
    {
      name: 'code strategy per bar, 1 M bars',
      value: perBar,
      unit: 'µs',
      rival: 'the same in V8, unguarded',
      ratio: median(rounds.map(({ barsMs, plainMs }) => barsMs / plainMs)),
      target: `≤ ${MOST_MICROSECONDS} µs`,
      pass: perBar <= MOST_MICROSECONDS,
    },
    {
      name: 'code strategy, machine and its columns',
      value: startMs,
      unit: 'ms',
      rival: 'its 1 M bars',
      ratio: median(rounds.map((round) => round.startMs / round.barsMs)),
      target: 'reported',
      pass: null,
    },
  ];
}

async function measure(bars: Bars): Promise<Round> {
  const { desk, orders } = countingDesk();
  const began = processorMs();
  const ports = { limits: standardLimits, nowMs: () => performance.now() };
  const trader = await codeTrader({ source, inputs: {}, bars }, ports);
  assert(trader.ok);
  const loaded = processorMs();
  for (let bar = 0; bar < bars.length; bar++) trader.value.onBar(0, bar, desk);
  const done = processorMs();
  const expected = plainOrders(bars);
  assert.equal(orders(), expected);
  return { startMs: loaded - began, barsMs: done - loaded, plainMs: processorMs() - done };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function countingDesk() {
  let orders = 0;
  const desk: OrderDesk = {
    cash: 10_000,
    equity: 10_000,
    usedMargin: 0,
    positions: () => [],
    workingOrders: () => [],
    closedProfits: () => [],
    place: () => ({ id: ++orders }),
    cancel: () => undefined,
    move: () => undefined,
    close: () => undefined,
  };
  return { desk, orders: () => orders };
}

/** The same strategy as a loop over its columns, those included. */
function plainOrders(bars: Bars): number {
  const close = prices(bars.bid, 'close', bars.scale);
  const [fast, slow] = [sma(close, 10), sma(close, 30)];
  let orders = 0;
  for (let bar = 30; bar < bars.length; bar++) {
    const [before, now] = [fast[bar - 1]! - slow[bar - 1]!, fast[bar]! - slow[bar]!];
    if (before * now < 0) orders++;
  }
  return orders;
}
