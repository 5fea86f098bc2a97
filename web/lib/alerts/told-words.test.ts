import { expect, test } from 'vitest';
import { toldWords as sentWords, type AlertFacts } from '#core/alerts/alert-words.ts';
import { toldWords } from './told-words.ts';

const figures = ['equity', 'drawdown', 'margin-level'] as const;
const conditions: readonly AlertFacts['condition'][] = [
  ...(['above', 'below', 'touch'] as const).map(
    (way) => ({ t: 'price', symbol: 'EURUSD', way, price: 1.1 }) as const,
  ),
  ...figures.flatMap((figure) =>
    (['above', 'below'] as const).map(
      (way) => ({ t: 'account', figure, way, level: 0.05 }) as const,
    ),
  ),
  { t: 'rule', symbol: 'EURUSD', timeframe: 'H1', source: 'let a = 1\nclose > a' },
  { t: 'bot', botId: null },
];
const details = [{}, { seen: 'bars' }, { bot: 'Turning', state: 'killed' }];

test('a page says in English what a mail and a notification say', () => {
  for (const condition of conditions) {
    for (const detail of details) {
      for (const value of [null, 0.05, 1.10002]) {
        for (const hidden of [false, true]) {
          const facts = { condition, value, detail };
          expect(toldWords(facts, hidden)).toBe(sentWords(facts, hidden));
        }
      }
    }
  }
});
