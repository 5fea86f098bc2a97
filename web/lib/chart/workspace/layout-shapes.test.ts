/** Layouts of charts: panes change alone or together, and what is unknown is read as what is near. */
import { expect, test } from 'vitest';
import { chartPane, layouts, paneKeys } from '#core/collections/chart-layout.ts';
import { readShape } from '#core/collections/shape.ts';
import {
  emptyPane,
  gridOf,
  newLayout,
  paneOf,
  shownPanes,
  styleOf,
  withIndicator,
  withPaneChange,
} from './layout-shapes.ts';

const four = { ...newLayout('x', 'Four', 1), grid: 'four' };
const eurusd = { symbol: 'EURUSD', accountId: null };

test('a change stays in its pane unless what it changes is linked', () => {
  const alone = withPaneChange(four, 'b', { symbol: eurusd, timeframe: 'M5' });
  expect(Object.keys(alone)).toEqual(['a', 'b']);
  expect(alone['a']).toEqual(emptyPane);
  const linked = withPaneChange({ ...four, linksSymbol: true }, 'b', {
    symbol: eurusd,
    timeframe: 'M5',
  });
  expect(paneKeys.map((key) => linked[key]?.symbol)).toEqual([eurusd, eurusd, eurusd, eurusd]);
  expect(paneKeys.map((key) => linked[key]?.timeframe)).toEqual(['H1', 'M5', 'H1', 'H1']);
  const styled = withPaneChange({ ...four, linksSymbol: true }, 'b', { style: 'area' });
  expect(styled['c']).toBeUndefined();
});

test('a linked change leaves panes that are not in sight as they are', () => {
  const one = { ...newLayout('x', 'One', 1), linksSymbol: true };
  expect(Object.keys(withPaneChange(one, 'a', { symbol: eurusd }))).toEqual(['a']);
});

test('a pane never set shows the symbol of the first, without its indicators', () => {
  const sma = {
    ...{ id: 'i', name: 'sma', field: 'close' },
    parameters: [20],
    inks: [],
    isHidden: false,
  };
  const panes = withPaneChange(four, 'a', { symbol: eurusd, indicators: [sma] });
  expect(paneOf({ ...four, panes }, 'd')).toEqual({ ...emptyPane, symbol: eurusd });
  expect(withIndicator([sma], { ...sma, parameters: [50] })).toEqual([
    { ...sma, parameters: [50] },
  ]);
  expect(withIndicator([sma], { ...sma, id: 'j' })).toHaveLength(2);
});

test('what this version does not know is shown as what it knows', () => {
  expect(gridOf({ grid: 'nine' })).toBe('one');
  expect(styleOf({ style: 'renko' })).toBe('candles');
  expect(shownPanes('four')).toEqual(['a', 'b', 'c', 'd']);
});

test('a layout made here passes the checks of its collection', () => {
  const { id: _, panes, ...rest } = newLayout('x', 'Mine', 5);
  for (const [field, value] of Object.entries(rest)) {
    const rule = layouts.fields[field];
    expect(rule?.merge === 'value' && readShape(value, field, rule.shape)).toEqual({ value });
  }
  expect(readShape(panes['a'], 'pane', chartPane)).toEqual({ value: emptyPane });
  expect(readShape({ ...emptyPane, timeframe: 5 }, 'pane', chartPane)).toHaveProperty('fault');
});
