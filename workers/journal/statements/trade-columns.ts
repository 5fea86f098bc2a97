/** What a column of a list of trades means, by the names that brokers and journals give it. */

export type TradeRole =
  | ('ticket' | 'symbol' | 'side' | 'volume' | 'opened' | 'closed' | 'openPrice' | 'closePrice')
  | ('sl' | 'tp' | 'commission' | 'fee' | 'swap' | 'profit' | 'net' | 'comment')
  | ('account' | 'currency');

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
    /^((clos(e|ed|ing)|exit) ?(time|date|date ?time)|(time|date) clos(e|ed)|closed( at)?)$/,
  ],
  [
    'opened',
    /^((open(ed|ing)?|entry) ?(time|date|date ?time)|(time|date) open(ed)?|opened( at)?|time|date|date ?time)$/,
  ],
  ['closePrice', /^((clos(e|ing)|exit|avg exit|average exit) ?price|price close|exit)$/],
  ['openPrice', /^((open(ing)?|entry|avg entry|average entry) ?price|price open|entry|price)$/],
  ['sl', /^(s ?\/ ?l|sl|stop ?loss|stop)( price)?$/],
  ['tp', /^(t ?\/ ?p|tp|take ?profit|target)( price)?$/],
  ['commission', /^(commissions?|comm\.?)$/],
  ['fee', /^(fees?|taxes|tax|other fees)$/],
  ['swap', /^(swaps?|rollover|overnight( fee)?|financing)$/],
  ['net', /^net( (profit|p ?& ?l|p ?\/ ?l|pnl|pl|result))?$/],
  [
    'profit',
    /^((gross )?(profit|p ?& ?l|p ?\/ ?l|pnl|pl)( ?\/ ?loss)?|gross|realized (p ?& ?l|pnl|profit)|profit ?\/ ?loss|result)$/,
  ],
  ['comment', /^(comments?|notes?|description)$/],
  ['account', /^account( (id|number|name))?$/],
  ['currency', /^(currency|account currency)$/],
];

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

/** What each name means; empty where it means nothing to us, or the same as one before. */
export function rolesOf(header: readonly string[]): (TradeRole | '')[] {
  const known = new Set<TradeRole>();
  return header.map((name) => {
    const role = roleOf(name);
    if (role === null) return '';
    const own = known.has(role) ? again[role] : role;
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

const roles: ReadonlySet<string> = new Set(names.map(([role]) => role));
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
  return names.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
