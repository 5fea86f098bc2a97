import { expect, test } from 'vitest';
import { serverZone } from '#core/broker/server-zone.ts';
import { toldDeal, toldPosition, toldRows } from '../../tests/automation/told-rows.ts';
import { readBotBook } from './bot-book.ts';
import { keepUp, type Deciding } from './bot-decision.ts';
import { madeTerms } from '../../tests/automation/made-bot.ts';

const hourMs = 3_600_000;
const bot = { userId: 'u', accountId: 'a', botId: 'b' };
const asked = (order: string, barMs: number) => ({
  ...{ broker_order: order, place: 1, bar_ms: String(barMs) },
  asks: [
    {
      ...{ t: 'enter', side: 1, stop: 1, isFromClose: false },
      care: { trailing: null, breakEven: null, partials: [] },
    },
  ],
});
const athens = serverZone(
  { offsetMs: 3 * hourMs, nowMs: Date.UTC(2026, 2, 30, 8) },
  'with-seasons',
);

test('what was entered before the clocks changed was entered when it was, and left as well', async () => {
  const openedMs = Date.UTC(2026, 0, 15, 18);
  const openedServerMs = openedMs + 2 * hourMs;
  const deal = (order: string, entry: string, position: string, atServerMs: number) => ({
    ...toldDeal(order, entry, 1, 0),
    ...{ position, server_ms: String(atServerMs) },
  });
  const queries = toldRows({
    held: [toldPosition('5', openedServerMs)],
    deals: [
      deal('3', 'in', '4', openedServerMs - 2 * hourMs),
      deal('4', 'out', '4', openedServerMs - hourMs),
      deal('5', 'in', '5', openedServerMs),
    ],
    asked: [asked('5', openedMs - hourMs)],
  });
  const book = await readBotBook(queries, bot, athens);
  expect(book.positions).toMatchObject([{ entryMs: openedMs, entryBarMs: openedMs }]);
  expect(book.trips).toMatchObject([{ entryMs: openedMs - 2 * hourMs, exitMs: openedMs - hourMs }]);
});

test('parts that a net lost before it was turned round are not taken of what it is now', async () => {
  const part = (order: string, n: number, barMs: number) => ({
    ...{ position: '5', part: n, bar_ms: String(barMs), broker_order: order },
  });
  const queries = toldRows({
    held: [toldPosition('5', 1)],
    deals: [
      ...[toldDeal('7', 'in', 1, 0), toldDeal('8', 'out', 0.5, 2), toldDeal('9', 'inout', 1.5, 4)],
      toldDeal('10', 'out', 0.5, 6),
    ],
    // A waiting order, asked for before the part and filled after it.
    asked: [asked('9', 1)],
    taken: [part('8', 0, 2), part('10', 1, 5), part('11', 2, 6)],
  });
  const { positions } = await readBotBook(queries, bot, athens);
  // The last was filled, and its deal is not heard of yet.
  expect(positions[0]?.care).toMatchObject({ lots: 1, taken: [1, 2] });
});

test('nothing is tidied up while a position is put down that the terminal does not show yet', async () => {
  const database = toldRows({
    held: [toldPosition('old', 1_000_000_000), toldPosition('new', 0, 'sell')],
    deals: [],
  });
  const run = {
    ...{ bot, database, terms: madeTerms, clock: () => athens },
  } as unknown as Deciding;
  // Whatever it asked for would be written down first, which these rows refuse.
  expect(await keepUp(run, 0, 1)).toBe(false);
});
