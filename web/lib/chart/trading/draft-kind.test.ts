import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeInstrument, madeQuote } from '#core/risk/made-account.ts';
import { newDraft } from '#lib/trading/ticket/draft.ts';
import { readTicket } from '#lib/trading/ticket/read.ts';
import { wouldRefuse } from '#lib/trading/ticket/refusal.ts';
import { moveDraft } from './chart-desk.ts';
import { asDropped, kindAt } from './draft-kind.ts';
import { longLineName } from './line-figures.ts';
import { shownLines } from './shown-lines.ts';
import { draftLines } from './trade-line.ts';

const order = { frame: () => null };
const sides = fc.constantFrom('buy' as const, 'sell' as const);

test('the line of a market order that is dragged away is an order that the price has yet to reach', () => {
  fc.assert(
    fc.property(sides, fc.integer({ min: -5_000, max: 5_000 }), (side, points) => {
      const market = side === 'buy' ? madeQuote.ask : madeQuote.bid;
      const price = Number((market + points * 1e-5).toFixed(5));
      fc.pre(Math.abs(points) > 100);
      const draft = { ...newDraft('EURUSD', 0.1), side };
      moveDraft({ draft, sending: { order } }, 'entry', price, madeQuote);
      expect(draft.kind).toBe(points < 0 === (side === 'buy') ? 'limit' : 'stop');
      expect(draft.price).toBe(price);
      const context = { instrument: madeInstrument, quote: madeQuote, facts: null };
      const read = readTicket(draft, context);
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      expect(wouldRefuse({ ...context, ticket: read.value.ticket, nowMs: 0 })).toBeNull();
    }),
  );
});

test('drawn over the price it turns from a limit into a stop, and back', () => {
  const draft = { ...newDraft('EURUSD', 0.1), kind: 'limit' as const, price: 1.09 };
  moveDraft({ draft, sending: { order } }, 'entry', 1.2, madeQuote);
  expect(draft).toMatchObject({ kind: 'stop', price: 1.2 });
  moveDraft({ draft, sending: { order } }, 'entry', 1.05, madeQuote);
  expect(draft).toMatchObject({ kind: 'limit', price: 1.05 });
});

test('an order of two prices, and any without a price to go by, keep their kind', () => {
  expect(kindAt({ side: 'buy', kind: 'stop-limit' }, 1, madeQuote)).toBe('stop-limit');
  expect(kindAt({ side: 'buy', kind: 'limit' }, 9, null)).toBe('limit');
  const draft = newDraft('EURUSD', 0.1);
  moveDraft({ draft, sending: { order } }, 'entry', 1.2, null);
  expect(draft).toMatchObject({ kind: 'market', price: null });
});

test('a held line says what it would become, and nothing of that before it is moved', () => {
  const facts = { side: 'sell', kind: 'market', volumeLots: 0.1, stopPrice: null } as const;
  const lines = draftLines({ ...facts, entry: madeQuote.bid, sl: null, tp: null });
  const [entry] = lines;
  expect(entry).toMatchObject({ isMovable: true, kind: 'market' });
  const nameAt = (price: number, isDragged = true) => {
    const held = { from: madeQuote.bid, price, isDragged };
    const [shown] = shownLines({ lines, held: { line: entry!, held }, changes: [] });
    return longLineName(asDropped(shown!, held, madeQuote).line);
  };
  expect(nameAt(madeQuote.bid)).toBe('Order form: sell 0.10');
  // The price went on while it was held: that alone moves no line.
  expect(nameAt(1.05, false)).toBe('Order form: sell 0.10');
  expect(nameAt(1.2)).toBe('Order form: sell limit 0.10');
  expect(nameAt(1.05)).toBe('Order form: sell stop 0.10');
});
