/** On a shared screen a sentence tells no amount, and loses nothing else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutMoney } from './without-money.ts';

test('amounts become dots wherever their currency stands', () => {
  expect(withoutMoney('Closed at 1.0850, +1,234.50 USD.')).toBe('Closed at 1.0850, ••• USD.');
  expect(withoutMoney('At 1.0850, 12 USD')).toBe('At 1.0850, ••• USD');
  expect(withoutMoney('EUR 12,000 and €3.50')).toBe('EUR ••• and €•••');
  expect(withoutMoney('It would lose −80 USDT of 1 000 €')).toBe('It would lose ••• USDT of ••• €');
});

test('prices, sizes and shares stay', () => {
  const kept = 'Bought 0.10 EURUSD at 1.08503, 2 % of 500 bars on USDJPY 151.20';
  expect(withoutMoney(kept)).toBe(kept);
});

test('no digit is left of an amount, however large', () => {
  const amount = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(amount, fc.constantFrom('USD', 'JPY', 'BTC'), (value, currency) => {
      const text = `Now ${value.toLocaleString('en')} ${currency} more`;
      expect(withoutMoney(text)).toBe(`Now ••• ${currency} more`);
    }),
  );
});
