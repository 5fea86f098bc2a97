/** Reads an economic calendar: a list of news with names above its columns, as sites and MetaTrader save it. */
import type { Failure } from '#core/errors.ts';
import { newsImpacts, type NewsEvent, type NewsImpact } from '#core/journal/news.ts';
import { findZone, wallToUtc } from '#core/market/zone.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { DateOrder } from '../import/layout.ts';
import { splitCells } from '../import/sniff.ts';
import { readTimeText } from '../import/time-text.ts';
import { dateOrderOf } from './statements/trade-list.ts';
import { textOf } from './statements/report-text.ts';
import type { NewsRead, NewsSkip } from './api.ts';

type Role = 'date' | 'time' | 'currency' | 'impact' | 'title';
type Columns = ReadonlyMap<Role, number>;

const names: readonly (readonly [Role, RegExp])[] = [
  ['date', /^(date|day|date ?\/? ?time|datetime|start|timestamp|released?( at)?|date & time)$/],
  ['time', /^(time|hour|time ?\(.*\))$/],
  ['currency', /^(currency|currencies|cur\.?|ccy|country|country ?code|symbol)$/],
  ['impact', /^(impact|importance|imp\.?|volatility|priority|stars)$/],
  ['title', /^(title|event|name|news|description|indicator|event ?name)$/],
];
const countries: Readonly<Record<string, string>> = {
  ...{ 'united states': 'USD', us: 'USD', usa: 'USD', 'euro zone': 'EUR', 'euro area': 'EUR' },
  ...{ eurozone: 'EUR', 'european union': 'EUR', eu: 'EUR', emu: 'EUR', germany: 'EUR' },
  ...{ france: 'EUR', italy: 'EUR', spain: 'EUR', 'united kingdom': 'GBP', uk: 'GBP', gb: 'GBP' },
  ...{ japan: 'JPY', jp: 'JPY', canada: 'CAD', ca: 'CAD', australia: 'AUD', au: 'AUD' },
  ...{ 'new zealand': 'NZD', nz: 'NZD', switzerland: 'CHF', ch: 'CHF', china: 'CNY', cn: 'CNY' },
  ...{ de: 'EUR', fr: 'EUR', it: 'EUR', es: 'EUR', sweden: 'SEK', norway: 'NOK', mexico: 'MXN' },
};
const mostBytes = 20_000_000;
const mostPreamble = 20;
export const mostNewsLines = 200_000;
const mostLineCharacters = 4_096;

type Skips = Partial<Record<NewsSkip, number>>;
function skip(skipped: Skips, reason: NewsSkip, count = 1): void {
  if (count > 0) skipped[reason] = (skipped[reason] ?? 0) + count;
}

interface Row {
  readonly when: string;
  readonly currency: string;
  readonly impact: NewsImpact;
  readonly title: string;
}

/** Errors: `journal.news-unknown`, `journal.too-large`, `journal.zone-unknown`. */
export function readNews(bytes: Uint8Array, zoneId: string): Result<NewsRead, Failure> {
  if (bytes.length > mostBytes) {
    const detail = `The file has ${bytes.length} bytes; a calendar has at most ${mostBytes}.`;
    return fail({ code: 'journal.too-large', detail });
  }
  const zone = findZone(zoneId);
  if (!zone.ok) return fail({ code: 'journal.zone-unknown', detail: zone.error.detail });
  const skipped: Skips = {};
  const rows = rowsOf(textOf(bytes), skipped);
  if (!rows) {
    const detail = 'No line has names of columns for time, currency, impact and title.';
    return fail({ code: 'journal.news-unknown', detail });
  }
  const order = dateOrderOf(rows.map(({ when }) => when.split(/[T ]/)[0] ?? ''));
  const reads = rows.map(({ when }) => timeOf(when, order));
  const walls = Float64Array.from(reads, (read) => read?.ms ?? NaN);
  const utc = zonedTimes(walls, zone.value);
  const events = rows.flatMap(({ currency, impact, title }, at): readonly NewsEvent[] => {
    const read = reads[at];
    const atMs = read?.offsetMs === null ? utc[at]! : (read?.ms ?? NaN);
    if (Number.isFinite(atMs)) return [{ currency, impact, title, atMs }];
    skip(skipped, read ? 'skipped-time' : 'no-time');
    return [];
  });
  const times = events.map(({ atMs }) => atMs).sort((a, b) => a - b);
  const count = (impact: NewsImpact) => events.filter((each) => each.impact === impact).length;
  return ok({
    events,
    ...{ firstMs: times[0] ?? null, lastMs: times.at(-1) ?? null, skippedByReason: skipped },
    currencies: [...new Set(events.map(({ currency }) => currency))].sort(),
    counts: { high: count('high'), medium: count('medium'), low: count('low') },
    statesZone: rows.length > 0 && reads.every((read) => (read?.offsetMs ?? null) !== null),
  });
}

/** Null where no line names the columns. */
function rowsOf(text: string, skipped: Skips): readonly Row[] | null {
  const lines = text.split('\n', mostNewsLines);
  const head = headOf(lines);
  if (!head) return null;
  const readTo = lines.reduce((sum, line) => sum + line.length + 1, 0);
  skip(skipped, 'not-read', linesIn(text.slice(readTo)));
  const { columns, separator } = head;
  const rows: Row[] = [];
  let date = '';
  for (const [at, own] of lines.entries()) {
    if (at <= head.at || own.trim() === '') continue;
    const cells = splitCells(own.slice(0, mostLineCharacters).replace(/\r$/, ''), separator);
    const cell = (role: Role) => (cells[columns.get(role) ?? -1] ?? '').trim();
    // Sites write a day once, above all that is on it.
    date = cell('date') || date;
    const when = columns.has('time') ? `${date} ${cell('time')}`.trim() : date;
    const currency = currencyOf(cell('currency'));
    const impact = impactOf(cell('impact'));
    if (cell('title') === '') skip(skipped, 'no-title');
    else if (currency === null) skip(skipped, 'no-currency');
    else if (impact === null) skip(skipped, 'no-impact');
    else rows.push({ when, currency, impact, title: cell('title') });
  }
  return rows;
}

/** Those with something in them. */
function linesIn(text: string): number {
  return text.match(/.*\S.*/g)?.length ?? 0;
}

/** The line that names the columns, by whichever separator it does. */
function headOf(lines: readonly string[]) {
  for (const [at, line] of lines.slice(0, mostPreamble).entries()) {
    for (const separator of [',', ';', '\t']) {
      const columns = columnsOf(splitCells(line.slice(0, mostLineCharacters), separator));
      if (columns) return { at, columns, separator };
    }
  }
  return null;
}

function columnsOf(cells: readonly string[]): Columns | null {
  const columns = new Map<Role, number>();
  for (const [at, cell] of cells.entries()) {
    const name = cell
      .replace(/^\ufeff/, '')
      .trim()
      .toLowerCase();
    const role = names.find(([, pattern]) => pattern.test(name))?.[0];
    if (role && !columns.has(role)) columns.set(role, at);
  }
  // A lone column of times holds the date too.
  const lone = columns.get('time');
  if (!columns.has('date') && lone !== undefined) {
    columns.set('date', lone);
    columns.delete('time');
  }
  const needed: readonly Role[] = ['date', 'currency', 'impact', 'title'];
  return needed.every((role) => columns.has(role)) ? columns : null;
}

function currencyOf(text: string): string | null {
  const plain = text.toLowerCase();
  if (countries[plain]) return countries[plain];
  return /^[a-z]{3}$/.test(plain) ? plain.toUpperCase() : null;
}

/** Words, colours of folders, stars and numbers; a holiday moves little. */
function impactOf(text: string): NewsImpact | null {
  const plain = text.toLowerCase();
  if (/^(\d)$/.test(plain)) return newsImpacts[3 - Number(plain)] ?? (plain === '0' ? 'low' : null);
  if (/^[*★!]+$/.test(plain)) return newsImpacts[3 - Math.min(3, plain.length)] ?? null;
  if (/high|red|strong/.test(plain)) return 'high';
  if (/med|moderate|orange|ora/.test(plain)) return 'medium';
  if (/low|yellow|yel|none|gray|grey|holiday|non-economic/.test(plain)) return 'low';
  return null;
}

/** `1:30pm` is `13:30`. */
function timeOf(when: string, order: DateOrder) {
  const plain = when.replace(
    /(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])\.?m\.?/i,
    (_, hour: string, minute: string | undefined, half: string) => {
      const of12 = (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
      return `${String(of12).padStart(2, '0')}:${minute ?? '00'}`;
    },
  );
  const read = readTimeText(plain, order);
  return read?.hasDate && read.hasTime ? read : null;
}

/** NaN where there is no time, and where the clocks skipped it; in any order. */
function zonedTimes(walls: Float64Array, zone: Parameters<typeof wallToUtc>[1]): Float64Array {
  const places = Array.from(walls.keys()).filter((at) => Number.isFinite(walls[at]));
  places.sort((a, b) => walls[a]! - walls[b]!);
  const sorted = Float64Array.from(places, (at) => walls[at]!);
  const read = wallToUtc(sorted, zone, { equalTimes: true }).utcMs;
  const utc = new Float64Array(walls.length).fill(NaN);
  for (const [at, place] of places.entries()) utc[place] = read[at]!;
  return utc;
}
