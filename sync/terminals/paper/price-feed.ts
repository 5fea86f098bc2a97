/** Moves the prices of a paper account on, from whatever source they come. */
import type { PaperBroker } from './paper-broker.ts';
import { hurtsLow } from './hurts-low.ts';
import { generate, marketTime, newGenerator, type GeneratorState } from './price-generator.ts';
import { openReplay, type Series, type SpreadOf } from './price-replay.ts';

/** Where the source stands; kept with the book. */
export type PriceState =
  GeneratorState | { readonly kind: 'replay'; readonly source: string; readonly replayMs: number };

export interface PriceFeed {
  /** So much of the prices' own time has passed; it is `serverMs` at the broker. */
  pass(ms: number, serverMs: number): void;
  readonly state: PriceState;
}

export function generatorFeed(
  broker: PaperBroker,
  settings: { readonly seed: number; readonly volatility: number },
  kept: { readonly state: PriceState | null; readonly serverMs: number },
): PriceFeed {
  const { seed, volatility } = settings;
  const before = kept.state;
  const goesOn = before?.kind === 'generator' && before.seed === seed;
  let state = goesOn ? before : newGenerator(seed, kept.serverMs);
  if (!goesOn) broker.beginMarket(marketTime(state));
  return {
    pass(passedMs, serverMs) {
      const symbols = broker.symbols();
      const next = generate(state, symbols, { passedMs, volatility, terms: broker.terms });
      state = next.state;
      broker.tick(next.quotes, serverMs, next.marketMs);
    },
    get state() {
      return state;
    },
  };
}

/** Nothing is played for longer than this in one go, so that a server stays awake. */
const mostSteps = 20_000;
/** What is this many times as far away as steps lately were is beyond a gap. */
const gapFactor = 8;
const leastGapMs = 1_800_000;

export function replayFeed(
  broker: PaperBroker,
  replayed: {
    readonly source: string;
    readonly series: readonly Series[];
    readonly spreadOf: SpreadOf;
  },
  kept: PriceState | null,
): PriceFeed {
  const { source, series, spreadOf } = replayed;
  const goesOn = kept?.kind === 'replay' && kept.source === source;
  const replay = openReplay(series, goesOn ? kept.replayMs : -Infinity, spreadOf);
  let replayMs = goesOn ? kept.replayMs : (replay.nextMs() ?? 0) - 1;
  // How far apart steps lately were: of several series they come close together and far apart.
  let stepMs = Infinity;
  let isFirst = !goesOn;
  if (!goesOn) broker.beginMarket(replayMs);
  return {
    pass(ms, serverMs) {
      let leftMs = ms;
      for (let steps = 0; steps < mostSteps; steps++) {
        const nextMs = replay.nextMs();
        if (nextMs === null) break;
        const farMs = nextMs - replayMs;
        const isGap = farMs > leastGapMs && farMs > gapFactor * stepMs;
        if (!isGap && !isFirst && farMs > leftMs) {
          replayMs += leftMs;
          break;
        }
        if (isGap) stepMs = farMs / gapFactor;
        else if (!isFirst) {
          leftMs -= farMs;
          if (farMs > 0) stepMs = stepMs === Infinity ? farMs : Math.max(farMs, stepMs / 2);
        }
        isFirst = false;
        replayMs = nextMs;
        broker.at(serverMs, replayMs);
        broker.step(replay.take((symbol) => hurtsLow(broker, symbol)));
      }
      broker.at(serverMs, replayMs);
    },
    get state(): PriceState {
      return { kind: 'replay', source, replayMs };
    },
  };
}
