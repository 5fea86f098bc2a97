/** The last price of each watched symbol that an account told, kept on this device. */
import { WATCHED_PRICES } from '#core/collections/setting.ts';
import { putLocal } from '#workers/store/local-settings.ts';
import { database } from '../state/database.ts';
import type { KeptPrice, WatchRow } from './watch-row.ts';

type KeptPrices = Readonly<Record<string, KeptPrice>>;

/** Raised when what is kept changes its shape: older ones are forgotten then. */
const shapeVersion = 1;
const mostKept = 500;

export async function readKeptPrices(): Promise<KeptPrices> {
  const value: unknown = (await database.settings.get(WATCHED_PRICES))?.value;
  return isKept(value) ? value.prices : {};
}

/** Those of other lists stay as they were. */
export async function keepPrices(rows: readonly WatchRow[]): Promise<void> {
  const told = rows.flatMap(({ symbol, place, bid, ask, saidMs, keptFrom }) =>
    place?.kind !== 'account' || bid === null || ask === null || saidMs === null || keptFrom
      ? []
      : [[symbol, keptPrice(place, { bid, ask, timeMs: saidMs })] as const],
  );
  if (told.length === 0) return;
  const all = { ...(await readKeptPrices()), ...Object.fromEntries(told) };
  const newest = Object.entries(all).sort(([, a], [, b]) => b.timeMs - a.timeMs);
  const prices = Object.fromEntries(newest.slice(0, mostKept));
  await putLocal(database, WATCHED_PRICES, { shapeVersion, prices });
}

function keptPrice(
  { broker, instrument }: Extract<WatchRow['place'], { kind: 'account' }>,
  said: Pick<KeptPrice, 'bid' | 'ask' | 'timeMs'>,
): KeptPrice {
  const { digits, pointSize } = instrument;
  return { ...said, digits, pointSize, from: broker.name };
}

function isKept(value: unknown): value is { readonly prices: KeptPrices } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shapeVersion' in value &&
    value.shapeVersion === shapeVersion
  );
}
