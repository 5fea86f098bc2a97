/** The costs and conditions a run starts from when nobody has said otherwise: never silently zero. */
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { sizesByEquity } from '#core/rules/rule-sizing.ts';
import { say } from '../words/language.ts';

export interface SuggestedSettings {
  readonly settings: RunSettings;
  /** One sentence a trader can check: where the costs come from. */
  readonly reason: string;
}

interface Instrument {
  readonly symbol: string;
  /** The file holds bid and ask, so that the spread is known bar by bar. */
  readonly hasAsk: boolean;
}

const currencies = new Set(
  'AUD BRL CAD CHF CNH CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PLN RON SEK SGD THB TRY TWD USD ZAR'.split(
    ' ',
  ),
);
const metals = new Set(['XAU', 'XAG', 'XPT', 'XPD']);

type Kind = 'currency pair' | 'metal' | 'other';

/** `EURUSD`, `EUR/USD`, `XAUUSD.pro`: what is priced and in which currency; else null. */
function pairOf(symbol: string): { readonly base: string; readonly quote: string } | null {
  const letters = /^([A-Z]{3})[/_-]?([A-Z]{3})(?![A-Z])/.exec(symbol.toUpperCase());
  const [base = '', quote = ''] = letters?.slice(1) ?? [];
  const known = currencies.has(quote) && (currencies.has(base) || metals.has(base));
  return known ? { base, quote } : null;
}

function kindOf(symbol: string): Kind {
  const pair = pairOf(symbol);
  if (pair === null) return 'other';
  return currencies.has(pair.base) ? 'currency pair' : 'metal';
}

/** The currency of the prices, in which a run counts all its money; null where unknown. */
export function priceCurrency(symbol: string): string | null {
  return pairOf(symbol)?.quote ?? null;
}

const { commission, spread } = defaultSettings;

const costs: Record<Kind, Partial<RunSettings> & Pick<RunSettings, 'spread'>> = {
  'currency pair': {
    commission: { ...commission, rate: 0.00003 },
    spread: { ...spread, rate: 0.0001 },
    units: 'whole',
    contractSize: 100_000,
  },
  metal: {
    commission: { ...commission, rate: 0.00003 },
    spread: { ...spread, rate: 0.0002 },
    units: 'fractional',
    contractSize: 100,
  },
  other: {
    commission: { ...commission, rate: 0.001 },
    spread: { ...spread, rate: 0.0005 },
    units: 'fractional',
    contractSize: 1,
  },
};

const commissionWords: Record<Kind, string> = {
  'currency pair': say`commission of 0.003 % a side, usual for a currency pair`,
  metal: say`commission of 0.003 % a side, usual for a metal`,
  other: say`commission of 0.1 % a side, as nothing is known of this instrument`,
};

/** What a retail account may have at most on major pairs under the rules of ESMA. */
const PAIR_LEVERAGE = 30;

/**
 * Settings to offer for a price series and the rules to run on it, null where not yet known.
 *
 * Where the file holds bid and ask, the spread is in the prices and none is added. A currency
 * pair is traded on margin; not so by rules that size by a part of equity, which means buying
 * power: leverage would make `size 95% of equity` a position of 28 times the money.
 */
export function suggestSettings(
  instrument: Instrument,
  source: string | null = null,
): SuggestedSettings {
  const kind = kindOf(instrument.symbol);
  const isPair = kind === 'currency pair';
  const onMargin = isPair && source !== null && !sizesByEquity(source);
  const margin = onMargin ? 1 / PAIR_LEVERAGE : defaultSettings.margin;
  const base = { ...defaultSettings, closeAtEnd: true, ...costs[kind], margin };
  const settings = instrument.hasAsk ? { ...base, spread } : base;
  const spreadWords = instrument.hasAsk
    ? say`the spread is in the file’s bid and ask`
    : spreadWordsOf(kind);
  const leverage = isPair && source !== null ? `; ${leverageWords(onMargin)}` : '';
  return {
    settings,
    reason: say`Suggested: ${commissionWords[kind]}; ${spreadWords}${leverage}.`,
  };
}

function spreadWordsOf(kind: Kind): string {
  const percent = costs[kind].spread.rate * 100;
  return kind === 'other'
    ? say`slippage of ${percent} % at each entry`
    : say`a spread of ${percent} % at each entry`;
}

function leverageWords(onMargin: boolean): string {
  return onMargin
    ? say`leverage of 1:${PAIR_LEVERAGE}, the cap for retail accounts on major pairs under ESMA rules (1:20 on others)`
    : say`no leverage, as it would multiply a size in percent of equity`;
}
