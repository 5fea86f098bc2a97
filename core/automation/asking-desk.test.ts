/** What a strategy in code asks at its desk, in whatever order it pleases. */
import { expect, test } from 'vitest';
import { defaultSettings } from '../execution/settings.ts';
import { askingDesk } from './asking-desk.ts';
import type { BotPosition } from './bot-book.ts';

const held: BotPosition = {
  ...{ position: '17', side: 1, lots: 1, entryMs: 0, entryBarMs: 0, entries: 1 },
  ...{ entryPrice: 1.1, stop: 1.09, target: null, care: null },
};

const desk = (position = held) =>
  askingDesk({
    book: { positions: [position], orders: [], trips: [] },
    terms: {
      ...{ settings: defaultSettings, symbol: 'EURUSD', digits: 5, pointSize: 0.00001 },
      ...{ contractSize: 100_000, rate: 1, grid: { tickSize: 0.00001, least: 0.001 } },
    },
    timesMs: Float64Array.of(0, 60_000),
    quote: { bid: 1.1, ask: 1.1001 },
    money: { cash: 1, equity: 1, usedMargin: 0 },
  });

test('a position whose stop is met is closed once, however often it is asked for', () => {
  const asked = desk();
  asked.move(17, { stop: 1.2 });
  asked.move(17, { stop: 1.3 });
  asked.close(17);
  expect(asked.asks).toEqual([{ t: 'close', position: '17' }]);
});

test('a stop that is said again at every bar stays, though price has come near', () => {
  const asked = desk();
  asked.move(17, { stop: 1.0995 });
  expect(asked.asks).toEqual([{ t: 'move', position: '17', stop: 1.099, target: null }]);
  const again = desk({ ...held, stop: 1.0995 });
  again.move(17, { stop: 1.0995 });
  expect(again.asks).toEqual([]);
});
