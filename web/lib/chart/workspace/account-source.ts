/** Bars of a symbol as the broker of a trading account has them. */
import type { Bars } from '#core/market/bars.ts';
import { DAY_MS, timeframeMs } from '#core/market/timeframe.ts';
import { toBars } from '#core/market/wire-bars.ts';
import { ask } from '../../account/ask.ts';
import { windowBars } from '../bar-window.ts';
import type { ChartEngine } from '../chart-engine.ts';
import type { ChartSource } from '../chart-source.ts';

export interface AccountChart {
  readonly accountId: string;
  readonly symbol: string;
  readonly timeframe: string;
  readonly digits: number;
}

/** Taken before those that are shown, for the indicators. */
const warmUpBars = 300;

export function accountSource(
  engine: ChartEngine,
  pane: string,
  { accountId, symbol, timeframe, digits }: AccountChart,
): ChartSource {
  return {
    key: `${accountId} ${symbol} ${timeframe}`,
    ...{ timeframe, digits, firstMs: null },
    barMs: timeframeMs(timeframe) ?? DAY_MS,
    async load({ beforeMs, indicators }) {
      const asked = { source: { accountId }, symbol, timeframe, beforeMs, limit: windowBars };
      const answer = await ask((server) => server.market.bars.query(asked));
      if (!answer.ok) return answer;
      const bars = toBars(answer.value.bars);
      // The oldest there are have nothing before them: they are shown all.
      const warmUp = answer.value.hasMore ? Math.min(warmUpBars, bars.length >> 1) : 0;
      const given = await engine.ask((worker) => worker.give(pane, { bars, warmUp, indicators }));
      if (!given.ok) return given;
      const hasOlder = answer.value.hasMore || warmUp > 0;
      return { ok: true, value: { ...given.value, hasOlder, hasNewer: beforeMs !== null } };
    },
  };
}

/** The last bars anew, as the broker counts them, to put in the place of those made of prices. */
export async function lastBars(
  { accountId, symbol, timeframe }: AccountChart,
  count: number,
): Promise<Bars | null> {
  const asked = { source: { accountId }, symbol, timeframe, beforeMs: null, limit: count };
  const answer = await ask((server) => server.market.bars.query(asked));
  if (!answer.ok || answer.value.bars.timesMs.length === 0) return null;
  return toBars(answer.value.bars);
}
