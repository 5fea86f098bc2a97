/** The band of a result: what its ambiguous round trips leave open. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runCase } from '../../tests/fuzz/run-case.ts';
import { bandOf } from './band.ts';
import { calm, marketOf, play, ten, type Row } from './broker/made-play.ts';
import { runBroker } from './broker/broker.ts';
import { runReference } from './reference-broker.ts';
import { ruleTrader } from './rule-trader.ts';
import { defaultSettings } from './settings.ts';
import type { Signals } from './signals.ts';

const noSignals: Signals = {
  length: 0,
  warmupBars: 0,
  entry: new Int8Array(0),
  exit: new Uint8Array(0),
  stop: null,
  target: null,
  sizing: { kind: 'units', units: 1 },
};

const both: Row = [100, 112, 88, 100];
const market = marketOf([calm, calm, both]);
const source = { bars: market.bars, signals: noSignals, settings: defaultSettings };
const order = ten({ stop: 90, target: 110 });

describe('the band', () => {
  test('names the round trip whose bar held stop and target, and what it could have been', () => {
    const outcome = play(market, { 0: (desk) => desk.place(order) });
    expect(bandOf(outcome, source)).toEqual({
      trips: [{ trip: 0, profit: -100, otherProfit: 100 }],
      upMoney: 200,
      downMoney: 0,
      bestEquity: 10_100,
      worstEquity: 9_900,
    });
  });

  test('reaches down where the path was the kind one', () => {
    const outcome = play(market, { 0: (desk) => desk.place(order) }, { path: 'optimistic' });
    expect(bandOf(outcome, source)).toMatchObject({ bestEquity: 10_100, worstEquity: 9_900 });
  });

  test('is as wide as nothing where no bar held both', () => {
    const quiet = marketOf([calm, calm, [100, 112, 95, 100]]);
    const outcome = play(quiet, { 0: (desk) => desk.place(order) });
    expect(bandOf(outcome, source)).toMatchObject({ trips: [], upMoney: 0, downMoney: 0 });
  });

  test('of a kernel, which keeps no levels, is that of the broker', { timeout: 60_000 }, () => {
    let ambiguous = 0;
    fc.assert(
      fc.property(runCase, (run) => {
        const { bars, signals, settings } = run;
        const trader = ruleTrader([signals], settings);
        const steps = runBroker([{ symbol: '', bars, inner: null }], trader, settings);
        let step = steps.next();
        while (!step.done) step = steps.next();
        const band = bandOf(runReference(bars, signals, settings), run);
        expect(band).toEqual(bandOf(step.value, run));
        ambiguous += band.trips.length;
      }),
      { numRuns: 1000, seed: 1 },
    );
    expect(ambiguous).toBeGreaterThan(10);
  });
});
