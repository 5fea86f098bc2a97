/** A run as one JSON file: what the command line prints, and what it takes to run it again. */
import type { Run } from '#core/collections/run.ts';
import type { RunArrays } from '#workers/store/database.ts';

/** Keys `hash`, `bars`, `stats` and `roundTrips` are those of `npm run backtest -- --json`. */
export function runToJson(run: Run, arrays: RunArrays): string {
  const trips = arrays.roundTrips;
  const roundTrips = Array.from({ length: trips.count }, (_, i) => ({
    entryBar: trips.entryBar[i],
    exitBar: trips.exitBar[i],
    entryPrice: trips.entryPrice[i],
    exitPrice: trips.exitPrice[i],
    units: trips.units[i],
    profit: trips.profit[i],
    ...(trips.market && { market: trips.market[i] }),
  }));
  const file = {
    hash: run.hash,
    bars: run.bars,
    stats: run.stats,
    roundTrips,
    strategy: { name: run.strategyName, source: run.source, inputs: run.inputs },
    settings: run.settings,
    series: {
      id: run.seriesId,
      first: new Date(run.firstMs).toISOString(),
      last: new Date(run.lastMs).toISOString(),
    },
    ...(run.portfolio && { portfolio: run.portfolio }),
    ...(run.companions && { companions: run.companions }),
    ...(run.inner && { inner: run.inner }),
    ...(run.band && { band: run.band }),
    note: run.note,
    created: new Date(run.createdMs).toISOString(),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A file name without characters that a file system or a shell would stumble over. */
export function fileName(parts: readonly string[], ending: string): string {
  const stem = parts
    .map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, ''))
    .filter((part) => part !== '')
    .join('_');
  return `${stem.slice(0, 100) || 'offing'}.${ending}`;
}
