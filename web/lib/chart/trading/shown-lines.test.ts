import { expect, test } from 'vitest';
import type { LineChange } from './line-changes.svelte.ts';
import { drawnLines, shownLines } from './shown-lines.ts';
import { pulledLine, type TradeLine } from './trade-line.ts';

const open: TradeLine = {
  ...{ id: 'position 1 open', owner: 'position 1', part: 'open', price: 1.1, side: 'buy' },
  ...{ kind: 'market', volumeLots: 1, from: 1.1, isMovable: false, isTrailing: false },
  pulls: ['tp'],
};
const stop: TradeLine = {
  ...{ ...open, id: 'position 1 sl', part: 'sl', price: 1.09, isMovable: true, pulls: [] },
};
const lines = [open, stop];
const held = { from: 1.09, price: 1.08, isDragged: true };

test('a line that is moved stays where the broker has it, with a second where it would be', () => {
  const shown = shownLines({ lines, held: { line: stop, held }, changes: [] });
  expect(shown.map(({ line, price, state }) => [line.id, price, state])).toEqual([
    ['position 1 open', 1.1, 'still'],
    ['position 1 sl', 1.08, 'held'],
  ]);
  const drawn = drawnLines(shown, lines, stop.id);
  expect(drawn.map(({ price, isDashed }) => [price, isDashed])).toEqual([
    [1.1, false],
    [1.09, false],
    [1.08, true],
  ]);
});

test('a change that is refused or over leaves the line as the broker has it', () => {
  const change: LineChange = {
    ...{ symbol: 'EURUSD', line: stop, price: 1.08, text: 'Sent', intentId: 'i' },
    state: 'sent',
  };
  const during = shownLines({ lines, held: null, changes: [change] });
  expect(during[1]).toMatchObject({ price: 1.08, state: 'sent', text: 'Sent' });
  expect(drawnLines(during, lines, null)).toHaveLength(3);
  const after = shownLines({ lines, held: null, changes: [] });
  expect(after[1]).toMatchObject({ price: 1.09, state: 'still' });
  expect(drawnLines(after, lines, null)).toHaveLength(2);
});

test('a level that is pulled out is shown while it is not there yet, and once', () => {
  const line = pulledLine(open, 'tp');
  const pull = { line, held: { from: 1.1, price: 1.12, isDragged: true } };
  const change: LineChange = {
    ...{ symbol: 'EURUSD', line, price: 1.13, text: '', intentId: null },
    state: 'asking',
  };
  const shown = shownLines({ lines, held: pull, changes: [change] });
  expect(shown.filter(({ line: { id } }) => id === 'position 1 tp')).toHaveLength(1);
});
