import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeInstrument, madeOpening, madeQuote, madeTicket } from '#core/risk/made-account.ts';
import { lossPerLot, type RiskFacts } from '#core/risk/exposure.ts';
import { newDraft, type TicketDraft } from './draft.ts';
import { readTicket } from './read.ts';
import { fieldOf, wouldRefuse } from './refusal.ts';

const facts: RiskFacts = madeOpening();
const context = { instrument: madeInstrument, quote: madeQuote, facts };
const draft = (change: Partial<TicketDraft> = {}) => ({ ...newDraft('EURUSD', 0.1), ...change });
const ticketOf = (change: Partial<TicketDraft> = {}) => {
  const read = readTicket(draft(change), context);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.ticket;
};

describe('a form that is read', () => {
  test('takes points as so far from where the order is filled', () => {
    const points = { slBy: 'points', tpBy: 'points', sl: 200, tp: 400 } as const;
    expect(ticketOf(points)).toMatchObject({ sl: 1.0981, tp: 1.1041, price: null });
    expect(ticketOf({ ...points, side: 'sell' })).toMatchObject({ sl: 1.102, tp: 1.096 });
    expect(ticketOf({ ...points, kind: 'limit', price: 1.07 })).toMatchObject({ sl: 1.068 });
  });

  test('puts every price on the symbol’s grid', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), (price) => {
        const { price: put } = ticketOf({ kind: 'stop', price });
        expect(Math.abs(put! - price)).toBeLessThanOrEqual(madeInstrument.tickSize / 2 + 1e-12);
        expect(Number(put!.toFixed(5))).toBe(put);
      }),
    );
  });

  test.each<[Partial<TicketDraft>, string]>([
    [{ kind: 'limit' }, 'price'],
    [{ kind: 'stop-limit', price: 1 }, 'limitPrice'],
    [{ kind: 'limit', price: 1, lastsUntil: 'soon' }, 'until'],
    [{ volumeLots: null }, 'volume'],
    [{ sizeBy: 'percent' }, 'sl'],
    [{ sizeBy: 'percent', slBy: 'money', sl: 50 }, 'sl'],
    [{ sizeBy: 'money', sl: 1.09 }, 'volume'],
    [{ slBy: 'points', sl: 1e9 }, 'sl'],
  ])('says what is missing of %o beside its field', (change, field) => {
    const read = readTicket(draft(change), context);
    expect(read).toMatchObject({ ok: false, error: { field } });
  });

  test.each<[Partial<TicketDraft>, string]>([
    ...[-1, 0, 1e9, 1e300, 0.105].map((lots): [Partial<TicketDraft>, string] => [
      { volumeLots: lots },
      'volume',
    ]),
    ...[-1, 0, 1e-9, 1e10, 1e300].flatMap((price): [Partial<TicketDraft>, string][] => [
      [{ kind: 'limit', price }, 'price'],
      [{ kind: 'stop', price }, 'price'],
      [{ kind: 'stop-limit', price: 1.2, limitPrice: price }, 'limitPrice'],
      [{ worstPrice: price }, 'worst'],
    ]),
    ...[-1, 1e10, 1e300].flatMap((price): [Partial<TicketDraft>, string][] => [
      [{ sl: price }, 'sl'],
      [{ tp: price }, 'tp'],
    ]),
    [{ slBy: 'points', sl: -1e300 }, 'sl'],
    [{ tpBy: 'money', tp: 1e300 }, 'tp'],
    [{ deviationPoints: -1 }, 'deviation'],
    [{ deviationPoints: 1e9 }, 'deviation'],
    [{ sizeBy: 'percent', sl: 1.09, riskPercent: 101 }, 'volume'],
    [{ sizeBy: 'percent', sl: 1.09, riskPercent: 0 }, 'volume'],
    [{ sizeBy: 'money', sl: 1.09, riskMoney: -1 }, 'volume'],
  ])('makes no order of what none can ever have: %o', (change, field) => {
    const read = readTicket(draft(change), context);
    expect(read).toMatchObject({ ok: false, error: { field } });
    if (read.ok || 'failure' in read.error) return;
    expect(read.error).toMatchObject({ isWrong: true, text: expect.stringMatching(/\.$/) });
  });

  test('makes no order while a field holds what cannot be read, though the rest would do', () => {
    const unread = { sl: '“9,500” can mean 9500 or 9.5: write the one you mean.' };
    expect(readTicket(draft({ unread }), context)).toMatchObject({
      ok: false,
      error: { field: 'sl', text: `Stop: ${unread.sl}` },
    });
  });

  test('waits for a price before it sends at the market', () => {
    expect(readTicket(draft(), { ...context, quote: null })).toMatchObject({ ok: false });
  });

  test('leaves out what the kind of order has no use for', () => {
    const all = { price: 1.1, limitPrice: 1.2, worstPrice: 1.3, lastsUntil: '2030-01-01T00:00' };
    const market = { price: null, limitPrice: null, lastsUntilMs: null, worstPrice: 1.3 };
    expect(ticketOf(all)).toMatchObject(market);
    const limit = { price: 1.1, limitPrice: null, worstPrice: null };
    expect(ticketOf({ ...all, kind: 'limit' })).toMatchObject(limit);
    expect(ticketOf({ ...all, kind: 'limit' }).lastsUntilMs).toBe(Date.UTC(2030, 0, 1));
  });

  test('finds a size that loses no more at the stop than was allowed, in either unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 50, max: 5_000 }),
        (risk, sl) => {
          const levels = { slBy: 'points', sl } as const;
          const inMoney = readTicket(
            draft({ ...levels, sizeBy: 'money', riskMoney: risk }),
            context,
          );
          const inRatio = readTicket(
            draft({ ...levels, sizeBy: 'percent', riskPercent: risk / 100 }),
            context,
          );
          expect(inMoney.ok).toBe(inRatio.ok);
          if (!inMoney.ok || !inRatio.ok) {
            expect(inMoney).toMatchObject({ error: { field: 'volume' } });
            return;
          }
          const { ticket, entry } = inMoney.value;
          const lotsApart = Math.abs(ticket.volumeLots - inRatio.value.ticket.volumeLots);
          expect(lotsApart).toBeLessThan(0.011);
          const loss =
            ticket.volumeLots * lossPerLot({ ...facts, ...context }, { entry, sl: ticket.sl });
          expect(loss).toBeLessThanOrEqual(risk + 1e-6);
        },
      ),
    );
  });

  test('has a target in money by the size that its risk gave', () => {
    const { tp, volumeLots } = ticketOf({
      ...{ sizeBy: 'money', riskMoney: 100, slBy: 'points', sl: 500, tpBy: 'money', tp: 200 },
    });
    expect((tp! - madeQuote.ask) * 1e5 * volumeLots).toBeCloseTo(200, 0);
  });
});

describe('a refusal', () => {
  const check = { instrument: madeInstrument, quote: madeQuote, facts, nowMs: 0 };
  test.each([
    [{ sl: 1.2 }, 'trade.stop-side', 'sl'],
    [{ tp: 1 }, 'trade.target-side', 'tp'],
    [{ sl: 1.09999 }, 'trade.level-too-near', 'sl'],
    [{ tp: 1.1051 }, 'risk.reward', 'tp'],
    [{ volumeLots: 0.3, tp: null }, 'risk.trade', 'volume'],
    [{ volumeLots: 5, sl: 1.0999, tp: null }, 'risk.position', 'volume'],
    [{ volumeLots: 0.105 }, 'trade.volume-off-grid', 'volume'],
    [{ kind: 'limit', price: 1.2 }, 'trade.price-side', 'price'],
    [{ worstPrice: 1 }, 'trade.price-moved', 'worst'],
    [{ kind: 'stop', price: 1.2, sl: 1.1, tp: 1.4, lastsUntilMs: -1 }, 'trade.time-past', 'until'],
  ] as const)('of %o is foreseen as %s, beside the field %s', (change, code, field) => {
    const failure = wouldRefuse({ ...check, ticket: { ...madeTicket, ...change } });
    expect(failure?.code).toBe(code);
    expect(fieldOf(failure!)).toBe(field);
  });

  test('is not foreseen of what the rules take, nor of limits that nobody told', () => {
    expect(wouldRefuse({ ...check, ticket: madeTicket })).toBeNull();
    const large = { ...madeTicket, volumeLots: 5 };
    expect(wouldRefuse({ ...check, facts: null, ticket: large })).toBeNull();
  });

  test('about the account or the order as a whole stands beside no field', () => {
    expect(fieldOf({ code: 'trade.account-halted' })).toBeNull();
    expect(fieldOf({ code: 'risk.drawdown' })).toBeNull();
  });
});
