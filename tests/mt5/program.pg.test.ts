/** Parts of the Expert Advisor, asked directly: fingerprint, seal, JSON, and what is no protocol. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Position, WorkingOrder } from '#core/broker/book.ts';
import { bookHash } from '#core/broker/book-hash.ts';
import { hmacHex } from '#core/broker/frame.ts';
import { openBrokerServer } from './broker-server.ts';
import {
  compileLimitMs,
  compiledTerminal,
  hasCompiler,
  makeTerminal,
} from './compiled-terminal.ts';
import { madeBroker } from './scene.ts';
import { askProgram } from './terminal-process.ts';

const ticket = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String);
const name = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' });
const symbol = name.filter((text) => !/["\\]/.test(text));
const price = fc.integer({ min: 1, max: 99_999_999 }).map((points) => points / 1e5);
const level = fc.option(price);
const volume = fc.integer({ min: 1, max: 100_000 }).map((steps) => steps / 100);
const side = fc.constantFrom('buy', 'sell');
const money = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100);
const timeMs = fc.integer({ min: 1, max: 4_000_000_000_000 });
const position: fc.Arbitrary<Position> = fc.record({
  position: ticket,
  ticket,
  symbol,
  side,
  volumeLots: volume,
  openPrice: price,
  openedServerMs: timeMs,
  sl: level,
  tp: level,
  swap: money,
  profit: money,
  magic: ticket,
  comment: name,
});
const order: fc.Arbitrary<WorkingOrder> = fc.record({
  order: ticket,
  symbol,
  side,
  kind: fc.constantFrom('market', 'limit', 'stop', 'stop-limit'),
  volumeLots: volume,
  price,
  limitPrice: level,
  sl: level,
  tp: level,
  lastsUntilServerMs: fc.option(timeMs.map((ms) => Math.ceil(ms / 1_000) * 1_000)),
  placedServerMs: timeMs,
  magic: ticket,
  comment: name,
});
const positions = fc.uniqueArray(position, { selector: ({ position }) => position, maxLength: 40 });
const orders = fc.uniqueArray(order, { selector: ({ order }) => order, maxLength: 20 });

beforeAll(() => makeTerminal(), compileLimitMs);

describe.runIf(hasCompiler())('the compiled Expert Advisor', () => {
  test('reads any book as it is and gives it the same fingerprint', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offing-mt5-'));
    let book: { positions: readonly Position[]; orders: readonly WorkingOrder[] };
    const broker = {
      ...madeBroker(),
      positions: () => book.positions,
      orders: () => book.orders,
      find: () => null,
    };
    const server = await openBrokerServer(broker, join(folder, 'broker'));
    const program = await askProgram('book', { MQL_BROKER: server.path });
    await fc.assert(
      fc.asyncProperty(fc.record({ positions, orders }), async (made) => {
        book = made;
        const { hash, ...read } = JSON.parse(await program.ask('')) as Record<string, unknown>;
        expect(read).toEqual(made);
        expect(hash).toBe(bookHash(made.positions, made.orders));
      }),
      { numRuns: 60 },
    );
    program.end();
    await server.close();
    await rm(folder, { recursive: true });
  });

  test('seals any text as the server does', async () => {
    const program = await askProgram('seal');
    const text = fc
      .string({ unit: 'grapheme', maxLength: 200 })
      // eslint-disable-next-line no-control-regex
      .filter((made) => !/[\x00-\x1f]/.test(made));
    await fc.assert(
      fc.asyncProperty(text, text, async (key, said) => {
        expect(await program.ask(`${key}\t${said}`)).toBe(hmacHex(key, said));
      }),
      { numRuns: 100 },
    );
    program.end();
  });

  test('reads the JSON that there is, refuses what is none, and writes numbers exactly', async () => {
    const program = await askProgram('json');
    const shapeOf = (value: unknown): string => {
      if (value === null) return 'null';
      // Control characters are not written back.
      if (typeof value === 'string') return JSON.stringify(value.replace(/\p{Cc}/gu, '?'));
      if (Array.isArray(value)) return `[${value.map(shapeOf).join(',')}]`;
      return typeof value === 'object' ? `{${Object.values(value).map(shapeOf).join(',')}}` : '0';
    };
    const plain = fc.string({ unit: fc.constantFrom(...'abcnu"\\/ é€{}[],:-0.') });
    const key = fc.stringMatching(/^[a-m]{1,4}$/);
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false, 0, -1.5, 1e-7, 1e21),
        plain,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    const spoil = fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\u0eE1-.tfn '), fc.nat(2));
    await fc.assert(
      fc.asyncProperty(value, fc.array(spoil, { maxLength: 3 }), async (made, spoilt) => {
        let text = JSON.stringify(made);
        for (const [n, letter, cut] of spoilt) {
          const at = n % (text.length + 1);
          text = text.slice(0, at) + letter + text.slice(at + cut);
        }
        // A zero in a text is what JSON may have and MQL5 may not.
        fc.pre(!text.includes('\\u0000'));
        const read = await program.ask(text);
        let expected: unknown = 'bad';
        try {
          const shape = shapeOf(JSON.parse(text));
          // A member whose name was spoilt may be a second one, or stand elsewhere.
          expected = text === JSON.stringify(made) ? shape : expect.stringMatching(/^(?!bad$)/);
        } catch {
          // It is none.
        }
        expect([text, read]).toEqual([text, expected]);
      }),
      { numRuns: 600 },
    );
    await fc.assert(
      fc.asyncProperty(fc.double({ noNaN: true, noDefaultInfinity: true }), async (number) => {
        expect(Number(await program.ask(`{"n":${number}}`)) + 0).toBe(number + 0);
      }),
      { numRuns: 200 },
    );
    program.end();
  });

  test('is not broken by what is no protocol', () => {
    const { status, stdout, stderr } = spawnSync(compiledTerminal(), ['fuzz', '7']);
    const complaint = /ERROR: AddressSanitizer|runtime error:|MQL5 CRITICAL/.exec(String(stderr));
    expect([status, String(stdout).trim(), complaint]).toEqual([0, 'whole', null]);
  });
});

test('there is a compiler of C++, or else the Expert Advisor goes untried here', () => {
  if (!hasCompiler()) console.warn('No g++: the Expert Advisor was NOT compiled and NOT tried.');
  expect(typeof hasCompiler()).toBe('boolean');
});
