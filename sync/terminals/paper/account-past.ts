/** Which past a paper account has: what was seen of made-up prices, or what was played again. */
import type { BarsAnswer, BarsQuestion } from '#core/broker/messages.ts';
import type { MinuteKeep } from './minute-keep.ts';
import { playedBars, seenBars, withoutSymbol } from './paper-bars.ts';
import type { PaperBroker } from './paper-broker.ts';
import type { PaperRow } from './paper-store.ts';
import type { PriceFeed } from './price-feed.ts';
import type { Series } from './price-replay.ts';

export interface AccountPast {
  readonly row: PaperRow;
  readonly broker: PaperBroker;
  readonly feed: PriceFeed;
  readonly series: readonly Series[];
  readonly minutes: MinuteKeep;
  /** The broker's clock is so far ahead of UTC. */
  readonly offsetMs: number;
}

/** The page of the past that was asked for; of what it does not trade there is none. */
export async function pastOf(
  { row, broker, feed, series, minutes, offsetMs }: AccountPast,
  question: BarsQuestion,
): Promise<BarsAnswer> {
  const symbol = broker.symbols().find((each) => each.symbol === question.symbol);
  if (!symbol) return withoutSymbol();
  const { prices } = row.settings;
  if (prices.kind === 'generator') {
    const hours = (beforeMs: number, limit: number) =>
      minutes.hours(symbol.symbol, beforeMs, limit);
    const seen = { symbol, seed: prices.seed, offsetMs, hours };
    return seenBars(seen, question);
  }
  const played = series.find((each) => each.symbol === symbol.symbol);
  const { state } = feed;
  if (!played || state.kind !== 'replay') return withoutSymbol();
  return playedBars(played, { replayMs: state.replayMs, offsetMs }, question);
}
