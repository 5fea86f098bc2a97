import { describe, expect, test } from 'vitest';
import { madeInstrument, madeQuote } from '#core/risk/made-account.ts';
import { entryPrice, habitsOf, newDraft, readHabits, ticketWords, usualHabits } from './draft.ts';
import { readTicket } from './read.ts';

const draft = (change: Partial<ReturnType<typeof newDraft>> = {}) => ({
  ...newDraft('EURUSD', 0.1),
  ...change,
});
const ticketOf = (change: Partial<ReturnType<typeof newDraft>> = {}) => {
  const context = { instrument: madeInstrument, quote: madeQuote, facts: null };
  const read = readTicket(draft(change), context);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.ticket;
};

describe('the form of an order', () => {
  test('is filled at the ask or the bid at the market, and at its own price otherwise', () => {
    expect(entryPrice(draft(), madeQuote)).toBe(madeQuote.ask);
    expect(entryPrice(draft({ side: 'sell' }), madeQuote)).toBe(madeQuote.bid);
    expect(entryPrice(draft({ kind: 'stop', price: 1.2 }), null)).toBe(1.2);
  });

  test('is named by what it does', () => {
    expect(ticketWords(ticketOf(), '0.10', 5)).toBe('Buy 0.10 EURUSD');
    const limit = ticketOf({ kind: 'limit', side: 'sell', price: 1.1 });
    expect(ticketWords(limit, '0.10', 5)).toBe('Sell 0.10 EURUSD limit at 1.10000');
  });

  test('remembers the units that were chosen, and nothing that is damaged', () => {
    const chosen = draft({ sizeBy: 'money', slBy: 'points', tpBy: 'money', riskPercent: 0.5 });
    expect(readHabits(JSON.parse(JSON.stringify(habitsOf(chosen))))).toEqual(habitsOf(chosen));
    for (const odd of [null, 7, 'x', [], { slBy: 'feet', riskPercent: -1 }]) {
      expect(readHabits(odd)).toEqual(usualHabits);
    }
  });
});
