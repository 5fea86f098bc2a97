/** A page of past prices of public sources: the first that has them is the one that tells them. */
import type { MarketTrouble } from '#core/market/market-views.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import type { BarsPage } from '#core/market/wire-bars.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Queries } from '../database/queries.ts';
import { keptBars } from './bar-cache.ts';
import type { BarRoom } from './bar-room.ts';
import { toWire } from './bar-rows.ts';
import { pageOfBars } from './page-of-bars.ts';
import type { BarsAsk } from './provider.ts';
import type { Source } from './source.ts';

export interface SourcesWork {
  readonly queries: Queries;
  readonly room: BarRoom;
  /** In the order in which they are asked. */
  readonly sources: readonly Source[];
  now(): number;
}

/** The name for whichever source has it. */
export const anySource = 'any';
const usualMostBars = 1_000;

export async function barsOfSources(
  work: SourcesWork,
  name: string,
  ask: BarsAsk,
): Promise<Result<BarsPage, Failure>> {
  const named = work.sources.filter(
    ({ provider }) => provider.asks.bars && (name === anySource || provider.name === name),
  );
  if (named.length === 0) return sourceOff(name);
  const without: Record<string, MarketTrouble> = {};
  for (const source of named) {
    const page = await pageOf(work, source, ask);
    if (page.ok) return page;
    without[source.provider.name] = page.error;
  }
  return fail(failureOf(without));
}

async function pageOf(
  { queries, room, now }: SourcesWork,
  source: Source,
  ask: BarsAsk,
): Promise<Result<BarsPage, MarketTrouble>> {
  const { name, mostBars = usualMostBars } = source.provider;
  const page = await pageOfBars<MarketTrouble>({
    ask,
    mostBars,
    now,
    store: keptBars({ queries, room, now }, { source: name }, newestFor(ask.timeframe)),
    async tell(part) {
      const heard = await source.ask('bars', part);
      return heard.ok ? ok(heard.value.value) : heard;
    },
  });
  if (!page.ok) return page;
  const { rows, hasMore, digits, heardMs } = page.value;
  const bars = toWire(rows, { timeframe: ask.timeframe, digits, nowMs: now() });
  return ok({ bars, hasMore, source: name, heardMs });
}

/** How long what is newest passes for it: a part of a bar, never more than a minute. */
function newestFor(timeframe: string): number {
  return Math.min(60_000, Math.max(2_000, (timeframeMs(timeframe) ?? 0) / 20));
}

export function sourceOff(name: string): Result<never, Failure> {
  return fail({ code: 'market.source-off', detail: `The source ${name} is not switched on.` });
}

/** What all of them lack is said as such; else each with its reason. */
export function failureOf(without: Readonly<Record<string, MarketTrouble>>): Failure {
  const reasons = Object.values(without);
  const said = Object.entries(without).map(([name, why]) => `${name}: ${why}`);
  const detail = said.join(', ');
  if (reasons.every((why) => why === 'symbol')) return { code: 'market.symbol-unknown', detail };
  const lacks = (why: MarketTrouble) => why === 'symbol' || why === 'timeframe';
  if (reasons.every(lacks)) return { code: 'market.timeframe-unknown', detail };
  return { code: 'market.unavailable', detail, figures: without };
}
