/** What an alert tells, in a sentence of mails and pushes: the pages say it in the language they speak. */
import type { AccountFigure, AlertCondition } from './alert.ts';

export interface AlertFacts {
  readonly condition: AlertCondition;
  /** The price, or the figure; null where there is none. */
  readonly value: number | null;
  readonly detail: Readonly<Record<string, string>>;
}

const figureWords: Readonly<Record<AccountFigure, string>> = {
  equity: 'Equity',
  drawdown: 'Drawdown',
  'margin-level': 'Margin level',
};

/** A price without the noise of binary fractions. */
export const priceText = (value: number): string => String(Number(value.toPrecision(12)));

export function figureText(figure: AccountFigure, value: number): string {
  if (figure === 'drawdown') return `${(value * 100).toFixed(2)} %`;
  return figure === 'equity' ? value.toFixed(2) : `${value.toFixed(1)} %`;
}

/** What happened; `hidden`: without what the account is worth. */
export function toldWords({ condition, value, detail }: AlertFacts, hidden = false): string {
  switch (condition.t) {
    case 'price': {
      const level = priceText(condition.price);
      const way = { above: 'rose to', below: 'fell to', touch: 'reached' }[condition.way];
      const told = `${condition.symbol} ${way} ${level}`;
      if (detail['seen'] === 'bars') return `${told}, seen late in its bars`;
      return value === null || value === condition.price
        ? told
        : `${told}, bid ${priceText(value)}`;
    }
    case 'rule':
      return `${condition.symbol} ${condition.timeframe}: ${lastLine(condition.source)}`;
    case 'account': {
      const { figure, way, level } = condition;
      const moved = way === 'above' ? 'rose' : 'fell';
      if (hidden && figure === 'equity') return `Equity ${moved} to your level`;
      const now = value === null ? '' : `, now ${figureText(figure, value)}`;
      return `${figureWords[figure]} ${moved} to ${figureText(figure, level)}${now}`;
    }
    case 'bot': {
      const name = detail['bot'] ?? 'A bot';
      if (detail['state'] === 'paused') return `${name} has paused itself`;
      return detail['state'] === 'killed' ? `${name} was ended` : `${name} has stopped`;
    }
  }
}

/** The condition of a rule: names are given in the lines before it. */
export const lastLine = (source: string): string => source.trim().split('\n').at(-1)?.trim() ?? '';
