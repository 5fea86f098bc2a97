/** What the trader still has to say about a file before it is imported, and what is wrong with it. */
import type { ColumnRole, ImportPreview, ImportRequest } from '#workers/import/api.ts';
import { say } from '../words/language.ts';

export interface ImportDraft {
  symbol: string;
  /** Empty = told by the distances between bars. */
  timeframe: string;
  zone: string;
  dateOrder: ImportRequest['dateOrder'];
  roles: ColumnRole[];
  onConflict: ImportRequest['onConflict'];
}

export function draftOf(preview: ImportPreview): ImportDraft {
  return {
    symbol: preview.symbol,
    timeframe: preview.timeframe ?? '',
    zone: preview.statedZone ?? preview.suggestedZone,
    dateOrder: preview.dateOrder,
    roles: preview.columns.map((column) => column.role),
    onConflict: 'keep',
  };
}

/**
 * The answers once the columns are read otherwise: what the trader chose stays, what was only
 * suggested follows the file.
 */
export function followPreview(
  draft: ImportDraft,
  before: ImportPreview,
  after: ImportPreview,
): Pick<ImportDraft, 'zone' | 'dateOrder' | 'timeframe'> {
  const was = draftOf(before);
  const is = draftOf(after);
  const keepsZone = after.statedZone === null && draft.zone !== was.zone;
  const keepsOrder = isDateAmbiguous(after) && draft.dateOrder !== was.dateOrder;
  return {
    zone: keepsZone ? draft.zone : is.zone,
    dateOrder: keepsOrder ? draft.dateOrder : is.dateOrder,
    timeframe: draft.timeframe === was.timeframe ? is.timeframe : draft.timeframe,
  };
}

/** Whether two files have the same columns, so that the answers for one serve the other. */
export function isAlike(one: ImportPreview, other: ImportPreview): boolean {
  const form = ({ format, separator, columns }: ImportPreview) =>
    JSON.stringify([format, separator, columns.map(({ header }) => header)]);
  return form(one) === form(other);
}

/** The answers for one file as those for another like it, which keeps its symbol and timeframe. */
export function takeAnswers(
  draft: ImportDraft,
  from: ImportDraft,
): Pick<ImportDraft, 'zone' | 'dateOrder' | 'roles' | 'onConflict'> {
  const { zone, dateOrder, roles, onConflict } = from;
  return { ...draft, zone, dateOrder, roles: [...roles], onConflict };
}

export function requestOf(
  importId: string,
  preview: ImportPreview,
  draft: ImportDraft,
): ImportRequest {
  return {
    importId,
    symbol: draft.symbol.trim(),
    timeframe: draft.timeframe || null,
    zone: draft.zone,
    dateOrder: draft.dateOrder,
    format: preview.format,
    roles: [...draft.roles],
    onConflict: draft.onConflict,
  };
}

/** Why the columns make neither bars nor ticks, in words; null when they do. */
export function columnFault(roles: readonly ColumnRole[]): string | null {
  const count = (role: ColumnRole) => roles.filter((each) => each === role).length;
  const twice = roles.find((role) => role !== 'ignore' && count(role) > 1);
  if (twice) return say`Two columns are ${roleWords[twice].toLowerCase()}. Leave one out.`;
  if (count('time') + count('date') === 0) return say`No column holds the time.`;
  if (count('time') + count('date') > 1)
    return say`The time needs one column, or a date and a clock.`;
  const ofBars = roles.filter((role) => /^(open|high|low|close|ask.+)$/.test(role));
  if (count('bid') + count('ask') > 0) {
    if (ofBars.length > 0)
      return say`A row is a tick with a bid, or a bar with open, high, low, close.`;
    return count('bid') === 1 ? null : say`A tick needs its bid.`;
  }
  const missing = (['open', 'high', 'low', 'close'] as const).filter((role) => !count(role));
  if (missing.length > 0) return say`Missing: ${missing.join(', ')}.`;
  const asks = ofBars.filter((role) => role.startsWith('ask')).length;
  return asks === 0 || asks === 4 ? null : say`Of the ask, all four prices are needed.`;
}

/** Whether the file writes its days like 03/04/2024, which may be in March or in April. */
export function isDateAmbiguous(preview: ImportPreview): boolean {
  const at = preview.columns.findIndex(({ role }) => role === 'date' || role === 'time');
  return preview.rows.some((row) => /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(row[at] ?? ''));
}

export const roleWords: Readonly<Record<ColumnRole, string>> = {
  ignore: say`Left out`,
  time: say`Time`,
  date: say`Date`,
  timeOfDay: say`Clock`,
  open: say`Open`,
  high: say`High`,
  low: say`Low`,
  close: say`Close`,
  askOpen: say`Ask open`,
  askHigh: say`Ask high`,
  askLow: say`Ask low`,
  askClose: say`Ask close`,
  bid: say`Bid of a tick`,
  ask: say`Ask of a tick`,
  volume: say`Volume`,
  tickVolume: say`Tick volume`,
  spread: say`Spread`,
};

/** Formats by the name that people know them by. */
export const formatWords: Readonly<Record<string, string>> = {
  'bid-ask': say`bid and ask columns`,
  dukascopy: say`Dukascopy`,
  generic: say`plain columns`,
  histdata: 'HistData',
  metatrader4: say`MetaTrader 4 export`,
  mt5: say`MetaTrader 5 export`,
  quotes: say`plain columns of bid and ask`,
  ticks: say`bars made of ticks`,
  tradingview: say`TradingView export`,
  'unnamed-index': say`data frame export`,
  yahoo: say`Yahoo Finance`,
};
