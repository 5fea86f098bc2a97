/** The money of several accounts together: by currency, and in one where prices tell the rates. */
import type { Rate } from './rates.ts';
import { say } from '../../words/language.ts';

export interface AccountMoney {
  readonly currency: string;
  readonly balance: number;
  readonly equity: number;
  readonly margin: number;
}

export interface CurrencyTotal extends AccountMoney {
  readonly accounts: number;
  readonly floating: number;
  readonly freeMargin: number;
  /** Equity ÷ margin; null while nothing is held. */
  readonly marginLevel: number | null;
}

/** The currency with the most accounts first. */
export function totalsByCurrency(accounts: readonly AccountMoney[]): readonly CurrencyTotal[] {
  const currencies = [...new Set(accounts.map(({ currency }) => currency))];
  return currencies
    .map((currency) => {
      const list = accounts.filter((each) => each.currency === currency);
      const sum = (of: (each: AccountMoney) => number) => list.reduce((n, each) => n + of(each), 0);
      const balance = sum((each) => each.balance);
      const equity = sum((each) => each.equity);
      const margin = sum((each) => each.margin);
      return {
        ...{ currency, balance, equity, margin, accounts: list.length },
        floating: equity - balance,
        freeMargin: equity - margin,
        marginLevel: marginLevel(equity, margin),
      };
    })
    .sort((a, b) => b.accounts - a.accounts || (a.currency < b.currency ? -1 : 1));
}

export function marginLevel(equity: number, margin: number): number | null {
  return margin > 0 ? equity / margin : null;
}

export interface ConvertedTotal {
  readonly currency: string;
  readonly equity: number;
  /** Currencies that no price could convert, and that are not in it. */
  readonly without: readonly string[];
}

/** Everything in one currency, and what is missing from it. */
export function convertedTotal(
  totals: readonly Pick<CurrencyTotal, 'currency' | 'equity'>[],
  currency: string,
  rate: Rate,
): ConvertedTotal {
  let equity = 0;
  const without: string[] = [];
  for (const each of totals) {
    const factor = rate(each.currency, currency);
    if (factor === null) without.push(each.currency);
    else equity += each.equity * factor;
  }
  return { currency, equity, without };
}

export interface LevelState {
  readonly tone: 'ok' | 'warning' | 'danger';
  /** '' where there is nothing to say. */
  readonly text: string;
}

/** At this level brokers usually ask for money; where a broker's own line is it does not say. */
export const callRatio = 1;
const nearRatio = 1.5;

/** What a margin level means. */
export function levelState(level: number | null): LevelState {
  if (level === null || level > nearRatio) return { tone: 'ok', text: '' };
  if (level > callRatio) {
    return {
      tone: 'warning',
      text: say`Near the margin call: less than half of the margin is left over.`,
    };
  }
  return {
    tone: 'danger',
    text: say`Margin call: nothing more can be opened, and the broker may begin to close positions.`,
  };
}
