/** A run as one JSON file: what the command line prints, and what it takes to run it again. */
import type { Run } from '#core/collections/run.ts';
import type { RunArrays } from '#workers/store/database.ts';

type RoundTripColumns = RunArrays['roundTrips'];

const ROUND_TRIPS_A_PART = 500;

/**
 * Keys `hash`, `bars`, `stats` and `roundTrips` are those of `npm run backtest -- --json`. A part
 * of the text a step: a million round trips may be too long for one string.
 */
export function* jsonSteps(run: Run, trips: RoundTripColumns): Generator<void, readonly string[]> {
  const file = {
    hash: run.hash,
    bars: run.bars,
    stats: run.stats,
    roundTrips: [],
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
  // Quotes within a text are escaped, so only the key itself reads like this.
  const [before, after] = JSON.stringify(file, null, 2).split('"roundTrips": []');
  const parts = [`${before}"roundTrips": [`];
  for (let from = 0; from < trips.count; from += ROUND_TRIPS_A_PART) {
    const to = Math.min(from + ROUND_TRIPS_A_PART, trips.count);
    const some = Array.from({ length: to - from }, (_, k) => roundTripAt(trips, from + k));
    const text = JSON.stringify(some, null, 2).slice(1, -2).replaceAll('\n', '\n  ');
    parts.push(from === 0 ? text : `,${text}`);
    yield;
  }
  parts.push(`${trips.count > 0 ? '\n  ' : ''}]${after}\n`);
  return parts;
}

function roundTripAt(trips: RoundTripColumns, i: number) {
  return {
    entryBar: trips.entryBar[i],
    exitBar: trips.exitBar[i],
    entryPrice: trips.entryPrice[i],
    exitPrice: trips.exitPrice[i],
    units: trips.units[i],
    profit: trips.profit[i],
    ...(trips.market && { market: trips.market[i] }),
  };
}

/** A file name without characters that a file system or a shell would stumble over. */
export function fileName(parts: readonly string[], ending: string): string {
  const stem = parts
    .map((part) => part.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, ''))
    .filter((part) => part !== '')
    .join('_');
  return `${stem.slice(0, 100) || 'offing'}.${ending}`;
}
