/**
 * Every key that does something, also those that a page reads by itself: these are listed, and
 * cannot be changed. Several of them are parted by a comma.
 */
import { actionSpecs, type ActionSpec } from './action-specs.ts';

const fixed = (
  id: string,
  group: string,
  keys: string,
  name: string,
  page?: string,
): ActionSpec => ({
  ...{ id: `fixed.${id}`, group, keys, name, isFixed: true },
  ...(page ? { page } : {}),
});

export const allKeys: readonly ActionSpec[] = [
  ...actionSpecs,
  fixed('editor-run', 'Strategies', 'Ctrl+Enter', 'Backtest the open strategy', '/strategies/'),
  fixed('stop', 'Backtest', 'Escape', 'Stop the run', '/backtest/'),
  fixed('ticket', 'Orders', 'F9', 'Go to the order form', '/orders/'),
  fixed('side', 'Orders', 'B, S', 'Buy or sell, in the order form', '/orders/'),
  fixed(
    'close',
    'Orders',
    'Delete',
    'Close the chosen position, cancel the chosen order',
    '/orders/',
  ),
  fixed(
    'acts',
    'Orders',
    'P, R, E, T, O',
    'Part, reverse, break-even, trailing stop, by opposite',
    '/orders/',
  ),
  fixed('symbol', 'Charts', '/', 'Choose the symbol', '/charts/'),
  fixed('chart-ticket', 'Charts', 'F9', 'Open the order form', '/charts/'),
  fixed(
    'line',
    'Charts',
    'ArrowUp, ArrowDown, Enter',
    'Move a chosen line of a position or order, and drop it',
    '/charts/',
  ),
  fixed('watched-order', 'Market', 'O', 'Order the chosen symbol', '/market/'),
  fixed(
    'watched-move',
    'Market',
    'Alt+ArrowUp, Alt+ArrowDown',
    'Move the chosen symbol',
    '/market/',
  ),
  fixed('watched-off', 'Market', 'Delete', 'Take the chosen symbol off the list', '/market/'),
  fixed('undo', 'Charts', 'Ctrl+Z, Ctrl+Y', 'Undo and redo drawings', '/charts/'),
  fixed('erase', 'Charts', 'Delete, Backspace', 'Delete the chosen drawing', '/charts/'),
  fixed(
    'replay',
    'Charts',
    'Shift+ArrowRight, Shift+ArrowDown',
    'One bar on, play or stop, in a replay',
    '/charts/',
  ),
  fixed('rows', 'Tables', 'ArrowUp, ArrowDown', 'Move among the rows'),
  fixed('open', 'Tables', 'Enter', 'Open the row'),
  fixed('copy', 'Tables', 'Ctrl+C', 'Copy the row, or without one the table, for a spreadsheet'),
  fixed('leave', 'Everywhere', 'Escape', 'Close a dialog, leave full screen'),
];
