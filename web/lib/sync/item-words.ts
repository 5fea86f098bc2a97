/** Replicated things in words: which item, which part of it, and what a value says. */
import { isDeletion, partsOfCell } from '#core/collections/collection.ts';
import type { Json } from '#core/sync/fragment.ts';
import { plainNumber } from '../backtest/figures.ts';
import { timeText, type TimeDisplay } from '../words/times.ts';
import { say } from '../words/language.ts';

const kinds: Readonly<Record<string, string>> = {
  checklistItems: say`Line of the checklist`,
  drawings: say`Drawing`,
  goals: say`Goal`,
  handTrips: say`Round trip entered by hand`,
  journalDays: say`Day of the journal`,
  journalViews: say`View of the journal`,
  layouts: say`Layout of charts`,
  newsMonths: say`News of a month`,
  notes: say`Note`,
  pictures: say`Picture`,
  playbooks: say`Playbook`,
  priceFiles: say`Price file`,
  runs: say`Backtest`,
  settings: say`Setting`,
  statements: say`Statement`,
  strategies: say`Strategy`,
  tripEdits: say`Merged or split round trip`,
  tripMarks: say`Round trip`,
  watchlist: say`Watched symbol`,
};

/** Where a row keeps what people call it by. */
const names: Readonly<Record<string, readonly string[]>> = {
  checklistItems: ['label'],
  drawings: ['symbol'],
  handTrips: ['symbol'],
  journalDays: ['id'],
  journalViews: ['name'],
  layouts: ['name'],
  newsMonths: ['id'],
  notes: ['title'],
  pictures: ['name'],
  playbooks: ['name'],
  priceFiles: ['symbol', 'name'],
  runs: ['strategyName'],
  statements: ['fileName'],
  strategies: ['name'],
  tripMarks: ['id'],
  watchlist: ['symbol'],
};

/** `Strategy “Moving average cross”`; without its name where the row has none. */
export function itemWords(
  collection: string,
  id: string,
  row: Readonly<Record<string, unknown>> | undefined,
): string {
  const kind = kinds[collection] ?? collection;
  if (collection === 'settings') return `${kind} “${id}”`;
  const name = (names[collection] ?? [])
    .map((field) => row?.[field])
    .find((each) => typeof each === 'string' && each !== '');
  return typeof name === 'string' ? `${kind} “${name}”` : kind;
}

const fields: Readonly<Record<string, string>> = {
  name: 'name',
  source: 'text',
  language: 'language',
  title: say`title`,
  excerpt: say`beginning of the text`,
  text: say`text`,
  subject: say`what it is about`,
  note: 'note',
  value: 'value',
  deletedMs: say`place in the bin`,
  createdMs: say`time of its making`,
  updatedMs: say`time of its last change`,
  symbol: 'symbol',
  list: 'list',
  order: say`place in the list`,
  grid: 'grid',
  linksSymbol: say`linked symbols`,
  linksTimeframe: say`linked timeframes`,
  hidesDrawings: say`hidden drawings`,
  timeframe: 'timeframe',
  tool: 'kind',
  points: 'place',
  ink: 'colour',
  isLocked: 'lock',
  rating: 'rating',
  account: 'account',
  currency: 'currency',
  side: 'side',
  volumeLots: 'volume',
  openedMs: say`time of its opening`,
  closedMs: say`time of its closing`,
  entryPrice: say`price of its opening`,
  exitPrice: say`price of its closing`,
  sl: 'stop',
  profit: 'result',
  costs: 'costs',
  mood: say`mood`,
  goals: say`goals`,
  label: say`words`,
  description: say`description`,
  playbook: say`playbook`,
};

/** Of settings of a run; one that is missing here is shown by its own name. */
const settings: Readonly<Record<string, string>> = {
  cash: say`starting money`,
  commission: 'commission',
  spread: 'spread',
  slippage: 'slippage',
  swap: 'swap',
  margin: 'margin',
  fill: say`where orders fill`,
  path: say`path inside a bar`,
  units: 'units',
  volume: 'volumes',
  positions: 'positions',
  sides: 'sides',
  exclusive: say`an entry closes what is open`,
  stopOut: 'stop-out',
  closeAtEnd: say`closed at the end`,
  rounding: say`rounding of money`,
  contractSize: say`units in a lot`,
};

/** `name`, `input “fast”`, `spread`, `tag “ideas”`: what stands between an item and its value. */
export function fieldWords(cell: string): string {
  if (isDeletion(cell)) return 'deletion';
  const { field, rest } = partsOfCell(cell);
  if (rest === '') return fields[field] ?? field;
  if (field === 'inputs') return say`input “${rest}”`;
  if (field === 'panes') return say`chart ${rest.toUpperCase()}`;
  if (field === 'settings') return settings[rest] ?? rest;
  const item = rest.slice(0, rest.lastIndexOf('.'));
  if (field === 'tags') return say`tag “${item}”`;
  if (field === 'mistakes') return say`mistake “${item}”`;
  if (field === 'criteria') return say`criterion`;
  if (field === 'met') return say`criterion that was met`;
  if (field === 'items') return say`line of the checklist`;
  if (field === 'ticked') return say`tick of the checklist`;
  return fields[field] ?? `${field} “${rest}”`;
}

/** Bookkeeping that nobody wants back: another change brings it along. */
export function isBookkeeping(cell: string): boolean {
  const { field } = partsOfCell(cell);
  return field === 'updatedMs' || field === 'excerpt' || field === 'text';
}

const longest = 2_000;

/** A value as one reads it, at most some screens of it. */
export function valueWords(cell: string, value: Json, times: TimeDisplay): string {
  if (isDeletion(cell)) return value === 1 ? 'deleted' : say`not deleted`;
  if (/^(tags|mistakes|met|ticked)\./.test(cell)) return value === 1 ? 'there' : say`taken away`;
  if (cell.endsWith('Ms') && typeof value === 'number') return timeText(value, times);
  if (cell === 'deletedMs') return say`not in the bin`;
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return plainNumber(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
  if (text === '') return 'empty';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
