/** What servers tell one another is understood by the other side, and nothing else is. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Queries } from '../../sync/database/queries.ts';
import {
  readAccountNotice,
  readOrdersNotice,
  readQuotesNotice,
  tellAccount,
  tellQuotes,
  type AccountNotice,
} from '../../sync/terminals/notices.ts';

/** What is said through the database, with the bytes that Postgres would be handed. */
async function said(tell: (queries: Queries) => Promise<void>): Promise<readonly string[]> {
  const texts: string[] = [];
  const execute = async (statement: { readonly queryChunks: readonly unknown[] }) => {
    texts.push(String(statement.queryChunks.filter((chunk) => typeof chunk === 'string').at(-1)));
  };
  await tell({ execute } as unknown as Queries);
  return texts;
}

const id = fc.uuid();
const symbols = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 32 }), {
  maxLength: 200,
});

it('a notice of an account comes back as it was, or with as many symbols as there is room for', async () => {
  const notice: fc.Arbitrary<AccountNotice> = fc.oneof(
    fc.record({ accountId: id, what: fc.constantFrom('changed' as const, 'revoked' as const) }),
    fc.record({ accountId: id, what: fc.constant('began' as const), session: id }),
    fc.record({ accountId: id, what: fc.constant('looked' as const), symbols }),
  );
  await fc.assert(
    fc.asyncProperty(notice, async (told) => {
      const [text] = await said((queries) => tellAccount(queries, told));
      expect(Buffer.byteLength(text!)).toBeLessThan(8_000);
      const read = readAccountNotice(text!);
      if (told.what !== 'looked') {
        expect(read).toEqual(told);
        return;
      }
      expect(read).toMatchObject({ accountId: told.accountId, what: 'looked' });
      const kept = (read as typeof told).symbols;
      expect(kept).toEqual(told.symbols.slice(told.symbols.length - kept.length));
    }),
  );
});

it('prices come back as they were, in parts that Postgres takes', async () => {
  const quote = fc.record({
    symbol: fc.string({ unit: 'binary', minLength: 1, maxLength: 32 }),
    bid: fc.double({ noNaN: true, noDefaultInfinity: true }),
    ask: fc.double({ noNaN: true, noDefaultInfinity: true }),
    timeMs: fc.nat(),
  });
  const whole = fc.record({
    userId: id,
    accountId: id,
    quotes: fc.array(quote, { minLength: 1, maxLength: 100 }),
  });
  await fc.assert(
    fc.asyncProperty(whole, async (told) => {
      const texts = await said((queries) => tellQuotes(queries, told));
      for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(8_000);
      const read = texts.flatMap((text) => readQuotesNotice(text)!.quotes);
      expect(JSON.stringify(read)).toBe(JSON.stringify(told.quotes));
    }),
  );
});

it('anything else is nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readAccountNotice(text)).toBeNull();
      expect(readQuotesNotice(text)).toBeNull();
    }),
  );
});

it('a notice of orders names the process that has woken its own dispatcher, or none', () => {
  fc.assert(
    fc.property(id, fc.option(id), (accountId, origin) => {
      const text = origin === null ? accountId : `${accountId} ${origin}`;
      expect(readOrdersNotice(text)).toEqual({ accountId, origin });
      expect(readOrdersNotice(`${text} more`)).toBeNull();
    }),
  );
});
