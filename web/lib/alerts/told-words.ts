/** What an alert waits for, and what it told, in the language of the pages. */
import type { AccountFigure, AlertCondition } from '#core/alerts/alert.ts';
import { figureText, lastLine, priceText, type AlertFacts } from '#core/alerts/alert-words.ts';
import { say } from '../words/language.ts';

const figureWords: Readonly<Record<AccountFigure, string>> = {
  equity: say`Equity`,
  drawdown: say`Drawdown`,
  'margin-level': say`Margin level`,
};

const ruleWords = ({ symbol, timeframe, source }: Extract<AlertCondition, { t: 'rule' }>) =>
  `${symbol} ${timeframe}: ${lastLine(source)}`;

/** What happened; `hidden`: without what the account is worth. */
export function toldWords({ condition, value, detail }: AlertFacts, hidden = false): string {
  switch (condition.t) {
    case 'price': {
      const told = cameTo(condition.way, condition.symbol, priceText(condition.price));
      if (detail['seen'] === 'bars') return say`${told}, seen late in its bars`;
      return value === null || value === condition.price
        ? told
        : say`${told}, bid ${priceText(value)}`;
    }
    case 'rule':
      return ruleWords(condition);
    case 'account': {
      const { figure, way, level } = condition;
      if (hidden && figure === 'equity') {
        return way === 'above' ? say`Equity rose to your level` : say`Equity fell to your level`;
      }
      const told = cameTo(way, figureWords[figure], figureText(figure, level));
      return value === null ? told : say`${told}, now ${figureText(figure, value)}`;
    }
    case 'bot': {
      const name = detail['bot'] ?? say`A bot`;
      if (detail['state'] === 'paused') return say`${name} has paused itself`;
      return detail['state'] === 'killed' ? say`${name} was ended` : say`${name} has stopped`;
    }
  }
}

function cameTo(way: 'above' | 'below' | 'touch', what: string, level: string): string {
  if (way === 'touch') return say`${what} reached ${level}`;
  return way === 'above' ? say`${what} rose to ${level}` : say`${what} fell to ${level}`;
}

/** What is waited for, as a list shows it. */
export function waitedWords(condition: AlertCondition): string {
  switch (condition.t) {
    case 'price':
      return comesTo(condition.way, condition.symbol, priceText(condition.price));
    case 'rule':
      return ruleWords(condition);
    case 'account': {
      const { figure, way, level } = condition;
      return comesTo(way, figureWords[figure], figureText(figure, level));
    }
    case 'bot':
      return condition.botId === null ? say`Any bot stops` : say`A bot stops`;
  }
}

function comesTo(way: 'above' | 'below' | 'touch', what: string, level: string): string {
  if (way === 'touch') return say`${what} reaches ${level}`;
  return way === 'above' ? say`${what} rises to ${level}` : say`${what} falls to ${level}`;
}
