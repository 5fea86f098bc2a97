/** Lists of trades whose columns have names of their own: read as the trader says they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStatement } from '../../workers/journal/statements/read-statement.ts';
import { bytesOf } from './mt5-html.ts';

const plain = 'Ticket,Symbol,Side,Lots,Open time,Open price,Close time,Close price,Profit'.split(
  ',',
);
const roles = 'ticket symbol side volume opened openPrice closed closePrice profit'.split(' ');
const row = fc
  .record({
    ticket: fc.integer({ min: 1, max: 1e9 }),
    symbol: fc.constantFrom('EURUSD', 'DE40'),
    side: fc.constantFrom('buy', 'sell'),
    hundredths: fc.integer({ min: 1, max: 900 }),
    heldS: fc.nat(90_000),
    profit: fc.integer({ min: -90_000, max: 90_000 }),
  })
  .map(({ ticket, symbol, side, hundredths, heldS, profit }) => {
    const clock = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
    const openedMs = Date.UTC(2024, 0, 5, 9) + ticket * 100;
    const times = [clock(openedMs), '1.10000', clock(openedMs + heldS * 1000), '1.20000'];
    return [String(ticket), symbol, side, String(hundredths / 100), ...times, String(profit / 100)];
  });
const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 12, selector: ([ticket]) => ticket });
const foreign = fc.constantFrom(
  'Tiket;Simbol;Arah;Ukuran;Buka;Harga buka;Tutup;Harga tutup;Hasil'.split(';'),
  'No;Wertpapier;Richtung;Menge;Von;Kurs Von;Bis;Kurs Bis;Ergebnis'.split(';'),
  ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'],
);

const opened = (names: readonly string[], made: readonly (readonly string[])[]) => {
  const text = [names, ...made].map((cells) => cells.join(';')).join('\n');
  const result = openStatement({ name: 'list.csv', bytes: bytesOf(`${text}\n`, 'utf-8') });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const asked = { account: 'Mine', zone: 'UTC' } as const;

describe('a list with names of its own', () => {
  it('asks for its columns, and is read by the answers as one with the usual names', () => {
    fc.assert(
      fc.property(rows, foreign, fc.nat(8), (made, names, turn) => {
        // The columns in another order.
        const turned = <T>(all: readonly T[]): T[] => [...all.slice(turn), ...all.slice(0, turn)];
        const list = opened(turned(names), made.map(turned));
        expect(list.answered(asked)).toMatchObject({
          ok: false,
          error: { code: 'journal.format-unknown' },
        });
        expect(list.columns).toMatchObject({
          ...{ names: turned(names), rows: made.slice(0, 3).map(turned) },
        });
        const { header } = list.columns!;
        const usual = opened(plain, made);
        expect(usual.columns?.roles).toEqual(roles);
        const columns = { header, roles: turned(roles) };
        const said = list.answered({ ...asked, columns });
        expect(said).toEqual(usual.answered(asked));
        expect(said).toMatchObject({ ok: true, value: { format: 'generic', skipped: [] } });
        // Answers about another list, or of another version, say nothing of this one.
        for (const wrong of [
          { header: usual.columns!.header, roles },
          { header, roles: turned(roles).map((role) => (role === 'side' ? '__proto__' : role)) },
          { header, roles: [] },
        ]) {
          expect(list.answered({ ...asked, columns: wrong }).ok).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is asked about only where it may be one', () => {
    for (const text of [
      '',
      'hello',
      'a;b\n1;2\n',
      '1;2;3;4;5\n6;7;8;9;10\n',
      ';;;;;;\n'.repeat(9),
    ]) {
      const result = openStatement({ name: 'a.csv', bytes: bytesOf(text, 'utf-8') });
      expect(result.ok && result.value.columns).toBeNull();
    }
  });
});
