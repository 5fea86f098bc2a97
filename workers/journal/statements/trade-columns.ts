/** What a column of a list of trades means, by the names that brokers and journals give it. */
import { foreignRole } from './foreign-columns.ts';

export type TradeRole =
  | ('ticket' | 'symbol' | 'side' | 'volume' | 'opened' | 'closed' | 'openPrice' | 'closePrice')
  | ('sl' | 'tp' | 'commission' | 'fee' | 'swap' | 'profit' | 'net' | 'comment')
  | ('account' | 'currency')
  /** Where a date and its time stand apart: the time. */
  | ('openedClock' | 'closedClock');

const names: readonly (readonly [TradeRole, RegExp])[] = [
  ['ticket', /^(ticket|(position|trade|deal|order)( ?(id|no|number|ticket))?|id|#)$/],
  ['symbol', /^(symbol|ticker|instrument|market|pair|item|asset|contract)$/],
  [
    'side',
    /^(type|side|direction|action|buy ?\/ ?sell|(opening|entry|trade|position) (direction|side|type))$/,
  ],
  ['volume', /^(volume|lots?|size|quantity|qty|closing (quantity|volume)|volume \(?lots\)?)$/],
  [
    'closed',
    /^((clos(e|ed|ing)|exit) ?(time|date|date ?time|time ?stamp)|(time|date) clos(e|ed)|closed( at)?)$/,
  ],
  [
    'opened',
    /^((open(ed|ing)?|entry) ?(time|date|date ?time)|(time|date) open(ed)?|opened( at)?|time|date|date ?time)$/,
  ],
  ['closePrice', /^((clos(e|ing)|exit|avg exit|average exit) ?price|price close|exit|out at)$/],
  [
    'openPrice',
    /^((open(ing)?|entry|avg entry|average entry) ?price|price open|entry|price|in at)$/,
  ],
  ['sl', /^(s ?\/ ?l|sl|stop ?loss|stop)( price)?$/],
  ['tp', /^(t ?\/ ?p|tp|take ?profit|target)( price)?$/],
  ['commission', /^(commissions?|comm\.?)$/],
  ['fee', /^(fees?|taxes|tax|other fees)$/],
  ['swap', /^(swaps?|rollover|overnight( fee)?|financing)$/],
  ['net', /^net( (profit|p ?& ?l|p ?\/ ?l|pnl|pl|result))?$/],
  [
    'profit',
    /^((gross )?(profit|p ?& ?l|p ?\/ ?l|pnl|pl)( ?\/ ?loss)?|gross|realized (p ?& ?l|pnl|profit)|profit ?\/ ?loss|before costs|result)$/,
  ],
  ['comment', /^(comments?|notes?|description)$/],
  ['account', /^account( (id|number|name))?$/],
  ['currency', /^(currency|account currency)$/],
];

const clockOf = { opened: 'openedClock', closed: 'closedClock' } as const;
const isTimed = (role: TradeRole): role is keyof typeof clockOf => role in clockOf;

/** A name that comes twice, as MetaTrader's `Time` and `Price` do, is of the opening, then of the closing. */
const again: Partial<Record<TradeRole, TradeRole>> = { opened: 'closed', openPrice: 'closePrice' };

export type TradeColumns = ReadonlyMap<TradeRole, number>;

const needed: readonly TradeRole[] = [
  ...(['symbol', 'side', 'volume', 'opened', 'closed', 'openPrice', 'closePrice'] as const),
];

/** Null where what a closed trade needs is not all there. */
export function tradeColumns(header: readonly string[]): TradeColumns | null {
  return columnsOfRoles(rolesOf(header));
}

const dateWord = /date|datum|tanggal|fecha|data\b/i;
const clockWord = /time|uhrzeit|zeit|jam|waktu|hora|heure|czas/i;
const isDate = (name: string): boolean => dateWord.test(name) && !clockWord.test(name);
const isClock = (name: string): boolean => clockWord.test(name) && !dateWord.test(name);

/** What each name means; empty where it means nothing to us, or the same as one before. */
export function rolesOf(header: readonly string[]): (TradeRole | '')[] {
  const known = new Set<TradeRole>();
  const named = header.map((name) => ({ name, role: roleOf(name) }));
  const dated = new Set(named.flatMap(({ name, role }) => (role && isDate(name) ? role : [])));
  return named.map(({ name, role }) => {
    if (role === null) return '';
    const meant = isTimed(role) && isClock(name) && dated.has(role) ? clockOf[role] : role;
    const own = known.has(meant) ? again[meant] : meant;
    if (own === undefined || known.has(own)) return '';
    known.add(own);
    return own;
  });
}

/** Of several columns with one meaning the first counts. */
export function columnsOfRoles(roles: readonly (TradeRole | '')[]): TradeColumns | null {
  const columns = new Map<TradeRole, number>();
  for (const [at, role] of roles.entries()) {
    if (role !== '' && !columns.has(role)) columns.set(role, at);
  }
  const isWhole = needed.every((role) => columns.has(role));
  return isWhole && (columns.has('profit') || columns.has('net')) ? columns : null;
}

const roles: ReadonlySet<string> = new Set([
  ...names.map(([role]) => role),
  ...Object.values(clockOf),
]);
const isRole = (text: string): text is TradeRole => roles.has(text);
/** What was kept by another version may be no role here. */
export const roleOrNone = (text: string): TradeRole | '' => (isRole(text) ? text : '');

/** Without what stands in brackets: `Closing time (UTC+2)`, `Net USD`. */
function roleOf(name: string): TradeRole | null {
  if (name.length > 60) return null;
  const plain = name
    .toLowerCase()
    .replace(/\(.*?\)|[_-]|\b(usd|eur|gbp)\b|[$€£]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return names.find(([, pattern]) => pattern.test(plain))?.[0] ?? foreignRole(plain);
}
