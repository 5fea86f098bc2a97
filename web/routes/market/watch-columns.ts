/** Columns of a watchlist. */
import { barTimeText } from '#lib/market/bar-time.ts';
import { ageText } from '#lib/trading/freshness.ts';
import type { PricePlace } from '#lib/market/price-place.ts';
import type { WatchRow } from '#lib/market/watch-row.ts';
import type { Column } from '#lib/ui/table.ts';
import { none, numberText, priceText, signedText } from '#lib/words/numbers.ts';
import type { TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export interface WatchDisplay {
  readonly times: TimeDisplay;
  /** What a public source is called. */
  readonly title: (provider: string) => string;
}

export function watchColumns({ times, title }: WatchDisplay): readonly Column<WatchRow>[] {
  const price = (row: WatchRow, value: number | null | undefined) =>
    value === null || value === undefined ? none : priceText(value, row.digits);
  return [
    { id: 'symbol', label: say`Symbol`, value: (row) => row.symbol },
    {
      id: 'price',
      label: say`Price`,
      about: say`The bid where one is quoted, else what was traded or stored last.`,
      number: true,
      flashes: true,
      value: (row) => row.day?.last ?? null,
      text: (row) => price(row, row.day?.last),
      tone: (row) => (row.isStale ? 'quiet' : undefined),
    },
    {
      id: 'change',
      label: say`Change`,
      unit: '%',
      about: say`Since the close of the day before, as whoever tells the prices counts days.`,
      number: true,
      value: (row) => row.day?.changeRatio ?? null,
      text: (row) => changeText(row.day?.changeRatio ?? null),
      tone: (row) => changeTone(row.day?.changeRatio ?? null),
    },
    {
      id: 'today',
      label: say`Low to high`,
      about: say`Where the price stands between the lowest and the highest of the day.`,
      minor: true,
      drawn: true,
      value: (row) => row.day?.placeRatio ?? null,
    },
    {
      id: 'line',
      label: say`30 days`,
      about: say`The closes of the last days.`,
      minor: true,
      drawn: true,
      unsortable: true,
      value: () => null,
    },
    {
      id: 'bid',
      label: say`Bid`,
      number: true,
      minor: true,
      value: (row) => row.bid,
      text: (row) => price(row, row.bid),
      tone: (row) => (row.isStale ? 'quiet' : undefined),
    },
    {
      id: 'ask',
      label: say`Ask`,
      number: true,
      minor: true,
      value: (row) => row.ask,
      text: (row) => price(row, row.ask),
      tone: (row) => (row.isStale ? 'quiet' : undefined),
    },
    {
      id: 'spread',
      label: say`Spread`,
      unit: say`points`,
      number: true,
      minor: true,
      value: (row) => row.spreadPoints,
      text: (row) => numberText(row.spreadPoints),
    },
    {
      id: 'age',
      label: say`Age`,
      about: say`Of the price; of stored prices the day of the last close.`,
      value: (row) => row.ageMs ?? (row.day ? Infinity : null),
      text: (row) => agedText(row, times),
      tone: (row) => (row.isStale ? 'warning' : row.saidMs === null ? 'quiet' : undefined),
    },
    {
      id: 'from',
      label: say`From`,
      minor: true,
      value: (row) => (row.place ? placeText(row.place, title) : (row.keptFrom ?? none)),
      tone: () => 'quiet',
    },
  ];
}

/** `▲ +0.42`: the direction by more than a colour. */
export function changeText(ratio: number | null): string {
  if (ratio === null) return none;
  const mark = ratio > 0 ? '▲ ' : ratio < 0 ? '▼ ' : '';
  return mark + signedText(ratio * 100, 2);
}

export function changeTone(ratio: number | null): 'up' | 'down' | 'quiet' {
  return ratio === null || ratio === 0 ? 'quiet' : ratio > 0 ? 'up' : 'down';
}

function agedText({ ageMs, isStale, day, place }: WatchRow, times: TimeDisplay): string {
  if (ageMs !== null) {
    const age = ageText(ageMs);
    return isStale ? say`Stale, ${age || say`an old answer`}` : age || 'live';
  }
  if (!day) return place?.kind === 'stored' ? '' : place ? say`no price yet` : say`no source`;
  return barTimeText(day.lastMs, 'D1', times);
}

function placeText(place: PricePlace | null, title: (provider: string) => string): string {
  switch (place?.kind) {
    case undefined:
      return none;
    case 'account':
      return place.broker.name;
    case 'provider':
      return title(place.provider);
    case 'stored':
      return say`Stored, ${place.series.timeframe}`;
  }
}
