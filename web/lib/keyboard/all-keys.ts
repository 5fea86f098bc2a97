/**
 * Every key that does something, also those that a page reads by itself: these are listed, and
 * cannot be changed. Several of them are parted by a comma.
 */
import { actionSpecs, type ActionSpec } from './action-specs.ts';
import { say } from '../words/language.ts';

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
  fixed(
    'editor-run',
    say`Strategies`,
    'Ctrl+Enter',
    say`Backtest the open strategy`,
    '/strategies/',
  ),
  fixed('stop', say`Backtest`, 'Escape', say`Stop the run`, '/backtest/'),
  fixed('ticket', say`Orders`, 'F9', say`Go to the order form`, '/orders/'),
  fixed('side', say`Orders`, 'B, S', say`Buy or sell, in the order form`, '/orders/'),
  fixed(
    'close',
    say`Orders`,
    'Delete',
    say`Close the chosen position, cancel the chosen order`,
    '/orders/',
  ),
  fixed(
    'acts',
    say`Orders`,
    'P, R, E, T, O',
    say`Part, reverse, break-even, trailing stop, by opposite`,
    '/orders/',
  ),
  fixed('trip', say`Journal`, 'Escape', say`Close the open round trip`, '/journal/'),
  fixed('symbol', say`Charts`, '/', say`Choose the symbol`, '/charts/'),
  fixed('chart-ticket', say`Charts`, 'F9', say`Open the order form`, '/charts/'),
  fixed(
    'line',
    say`Charts`,
    'ArrowUp, ArrowDown, Enter',
    say`Move a chosen line of a position or order, and drop it`,
    '/charts/',
  ),
  fixed('watched-order', say`Market`, 'O', say`Order the chosen symbol`, '/market/'),
  fixed(
    'watched-move',
    say`Market`,
    'Alt+ArrowUp, Alt+ArrowDown',
    say`Move the chosen symbol`,
    '/market/',
  ),
  fixed('watched-off', say`Market`, 'Delete', say`Take the chosen symbol off the list`, '/market/'),
  fixed('undo', say`Charts`, 'Ctrl+Z, Ctrl+Y', say`Undo and redo drawings`, '/charts/'),
  fixed('erase', say`Charts`, 'Delete, Backspace', say`Delete the chosen drawing`, '/charts/'),
  fixed(
    'replay',
    say`Charts`,
    'Shift+ArrowRight, Shift+ArrowDown',
    say`One bar on, play or stop, in a replay`,
    '/charts/',
  ),
  fixed('rows', say`Tables`, 'ArrowUp, ArrowDown', say`Move among the rows`),
  fixed('open', say`Tables`, 'Enter', say`Open the row`),
  fixed(
    'copy',
    say`Tables`,
    'Ctrl+C',
    say`Copy the row, or without one the table, for a spreadsheet`,
  ),
  fixed('leave', say`Everywhere`, 'Escape', say`Close a dialog, leave full screen`),
];
