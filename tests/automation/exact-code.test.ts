/**
 * A bot in code on an `exact` paper account and the same code in the engine: the same round trips;
 * and whenever it is brought to the present anew it asks the very same.
 */
import { expect, test } from 'vitest';
import { askedAt, deskAt } from '#core/automation/decide.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { sliceBars } from '#core/market/bars.ts';
import { codeTrips, stepCode, type AskedView } from '../../workers/code/bot-code.ts';
import { codeTrader } from '../../workers/code/code-trader.ts';
import { shownOf } from '../../workers/code/desk-bridge.ts';
import { keptView } from '../../workers/code/kept-view.ts';
import { playLive } from './paper-bot.ts';
import { told } from './told-trip.ts';

const settings: RunSettings = { ...defaultSettings, cash: 10_000, margin: 0.01 };
const ports = {
  limits: { memoryBytes: 64 * 2 ** 20, callMs: 10_000 },
  nowMs: () => performance.now(),
  onAlive: () => undefined,
};

interface Case {
  readonly source: string;
  readonly change?: Partial<RunSettings>;
  readonly mode?: 'netting';
  readonly levels?: { readonly tickSize: number; readonly stopsLevelPoints: number };
}

const cross = `
let fast, slow, wins = 0, cash = 0;
export function init(ctx) {
  fast = ctx.indicator('sma', ctx.close, 5);
  slow = ctx.indicator('sma', ctx.close, 20);
}
`;

const cases: Readonly<Record<string, Case>> = {
  'a cross that turns round and remembers what it won': {
    source: `${cross}
export function next(ctx) {
  if (ctx.cash > cash) wins++;
  cash = ctx.cash;
  const lots = 0.1 + 0.01 * (wins % 7);
  if (ctx.crossesAbove(fast, slow)) ctx.buy({ lots, stop: ctx.close.now * 0.997 });
  if (ctx.crossesBelow(fast, slow)) ctx.sell({ lots, stop: ctx.close.now * 1.003 });
}`,
  },
  'a stop moved by hand, a part taken, chance among what it goes by': {
    source: `${cross}
let entered = 0;
export function next(ctx) {
  const held = ctx.position;
  if (!held && ctx.crossesAbove(fast, slow)) {
    ctx.buy({ risk: 0.01, stop: ctx.close.now - 0.003, target: ctx.close.now + 0.01 });
    entered = ctx.bar;
  }
  if (!held) return;
  if (ctx.bar - held.entryBar === 5) ctx.exit(held.id, 10000);
  if (ctx.close.now - held.entryPrice > 0.001) ctx.move(held.id, { stop: held.entryPrice + 0.00012 });
  if (Math.random() < 0.02) ctx.exit();
}`,
  },
  'pending orders of which one cancels the other, taken back when they are old': {
    source: `${cross}
let pair = 0, long, short;
export function next(ctx) {
  if (ctx.bar % 12 === 0) {
    for (const each of ctx.orders) ctx.cancel(each.id);
    if (!ctx.position) {
      pair++;
      long = ctx.buy({ lots: 0.3, stopAt: ctx.high.now + 0.0004, stop: ctx.low.now, oco: pair });
      short = ctx.sell({ lots: 0.3, stopAt: ctx.low.now - 0.0004, stop: ctx.high.now, oco: pair });
    }
  }
  if (ctx.position && ctx.bar - ctx.position.entryBar > 8) ctx.exit();
}`,
  },
  'limit orders that lapse, several at once, on a coarse grid and far from the price': {
    change: { positions: 'hedging' },
    levels: { tickSize: 0.00005, stopsLevelPoints: 40 },
    source: `${cross}
export function next(ctx) {
  if (ctx.positions.length < 3 && ctx.close.now > slow.now && ctx.orders.length === 0) {
    ctx.buy({ lots: 0.2, limit: ctx.close.now - 0.00031, stop: ctx.close.now - 0.004, expiryBars: 3 });
  }
  for (const each of ctx.positions) {
    if (ctx.bar - each.entryBar > 15) ctx.exit(each.id);
    else if (ctx.bar - each.entryBar === 6) ctx.move(each.id, { target: each.entryPrice + 0.0007 });
  }
}`,
  },
  'a net that is added to and taken from, filled at the close': {
    mode: 'netting',
    change: { positions: 'netting', fill: 'close' },
    source: `${cross}
export function next(ctx) {
  const up = ctx.close.now > ctx.close.previous;
  if (ctx.bar % 3 === 0 && up) ctx.buy({ lots: 0.1 });
  if (ctx.bar % 4 === 0 && !up) ctx.sell({ lots: 0.1 });
  if (ctx.bar % 50 === 0) ctx.exit();
}`,
  },
};

test.each(Object.entries(cases))('%s: every trip is the same', async (_, made) => {
  const { source, change, ...rest } = made;
  const bars = makeBars({ count: 600, seed: 7 });
  let asked = new Float64Array(0);
  const trader = await codeTrader(
    { source, inputs: {}, bars },
    { ...ports, onCommands: (_bar, commands) => (asked = Float64Array.from(commands)) },
  );
  if (!trader.ok) throw new Error(trader.error.detail);
  const views: AskedView[] = [];
  const asks: { readonly bars: number; readonly commands: Float64Array }[] = [];
  const { live, refused, terms } = playLive(
    { bars, settings: { ...settings, ...change }, ...rest },
    (moment) => {
      const bar = moment.bars.length - 1;
      const at = deskAt(moment);
      views.push({ bar, view: keptView(shownOf(at.desk)) });
      asked = new Float64Array(0);
      trader.value.onBar(0, bar, at.desk);
      asks.push({ bars: bar + 1, commands: asked });
      return { asks: askedAt(at), maxPositions: null };
    },
  );
  expect(refused).toEqual([]);
  const simulated = await codeTrips({ source, inputs: {}, bars, firstBar: 0, terms }, ports);
  if (!simulated.ok) throw new Error(simulated.error.detail);
  expect(live.length).toBeGreaterThan(10);
  expect(live.map(told)).toEqual(simulated.value.map(told));
  // Whoever goes on with the bot after one of these bars, in a machine that knows nothing yet.
  const spoken = asks.filter(({ commands }) => commands.length > 0);
  const silent = asks.filter(({ commands }) => commands.length === 0);
  for (const each of [...every(spoken, 6), ...every(silent, 3)]) {
    const part = sliceBars(bars, 0, each.bars);
    const answer = await stepCode(
      { source, inputs: {}, bars: part, views: views.slice(0, each.bars) },
      ports,
    );
    expect(answer).toEqual({ ok: true, value: { commands: each.commands, lines: [] } });
  }
});

function every<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, k) => k % step === step - 1);
}
