/** What the columns of a list of cTrader's mean, by their names. */

export type CtraderRole =
  | ('deal' | 'order' | 'symbol' | 'side' | 'opened' | 'closed' | 'openPrice' | 'closePrice')
  | ('volume' | 'commission' | 'swap' | 'gross' | 'net' | 'balance' | 'comment');

export interface CtraderColumns {
  readonly places: ReadonlyMap<CtraderRole, number>;
  /** As it stands there: it says the zone. */
  readonly closedName: string;
  /** Null where a sign such as $ leaves it open. */
  readonly currency: string | null;
}

const names: readonly (readonly [CtraderRole, RegExp])[] = [
  ['deal', /^(deal id|id)$/],
  ['order', /^order id$/],
  ['symbol', /^symbol$/],
  ['side', /^(opening direction|type)$/],
  ['opened', /^(opening|entry) time$/],
  ['closed', /^closing time$/],
  ['openPrice', /^entry price$/],
  ['closePrice', /^closing price$/],
  ['volume', /^(closing )?quantity$/],
  ['commission', /^(broker )?commissions?$/],
  ['swap', /^swaps?$/],
  ['gross', /^gross$/],
  ['net', /^net$/],
  ['balance', /^balance$/],
  ['comment', /^(label|comment)$/],
];

const needed: readonly CtraderRole[] = [
  ...(['symbol', 'side', 'closed', 'openPrice', 'closePrice', 'volume', 'net'] as const),
];

const currencyBySign: Readonly<Record<string, string>> = { '€': 'EUR', '£': 'GBP' };

/** Null where they are not those of cTrader: its times say their zone, its money the currency. */
export function ctraderColumns(header: readonly string[]): CtraderColumns | null {
  const places = new Map<CtraderRole, number>();
  let [closedName, currency, hasMoney]: [string, string | null, boolean] = ['', null, false];
  for (const [at, name] of header.entries()) {
    if (name.length > 60) continue;
    const plain = name.toLowerCase().replace(/\(.*?\)/g, ' ');
    const [, bare = plain, unit = ''] =
      /^(net|gross|balance) +([a-z]{3}|[$€£¥])\s*$/.exec(plain) ?? [];
    const short = bare.replace(/\s+/g, ' ').trim();
    const role = names.find(([, pattern]) => pattern.test(short))?.[0];
    if (role === undefined || places.has(role)) continue;
    places.set(role, at);
    if (role === 'closed') closedName = name;
    if (role !== 'net') continue;
    hasMoney = unit !== '';
    currency = unit.length === 3 ? unit.toUpperCase() : (currencyBySign[unit] ?? null);
  }
  const isWhole = needed.every((role) => places.has(role));
  if (!isWhole || !hasMoney || !/\((utc|gmt)/i.test(closedName)) return null;
  return { places, closedName, currency };
}
