import { expect, test } from 'vitest';
import { lineText } from './line-text.ts';
import { between, withChoice } from './list-range.ts';
import { criteriaOf, playbookName, playbookOptions } from './playbook-words.ts';

test('a stretch is the same from both ends, and one alone where the other is not there', () => {
  const list = ['a', 'b', 'c', 'd'];
  expect(between(list, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(between(list, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(between(list, 'c', 'c')).toEqual(['c']);
  expect(between(list, 'gone', 'c')).toEqual(['c']);
});

test('what is chosen is a set of its own each time', () => {
  const chosen = withChoice([], ['a', 'b'], true);
  expect([...withChoice(chosen, ['b', 'c'], false)]).toEqual(['a']);
  expect([...chosen]).toEqual(['a', 'b']);
});

test('a line is one line, of whole characters', () => {
  expect(lineText('  two\nlines\t\u0000here ', 100)).toBe('two lines here');
  expect(lineText('ab🎯', 3)).toBe('ab');
});

test('a playbook that is gone is among those to choose from, and says so', () => {
  const book = { id: 'p', name: 'B', description: '', createdMs: 0, updatedMs: 0 };
  const books = [
    { ...book, criteria: { c2: 'Later', c1: 'First' } },
    { ...book, id: 'q', name: 'A', criteria: {} },
  ];
  expect(playbookOptions(books, null, 'None').map(({ value }) => value)).toEqual(['', 'q', 'p']);
  expect(playbookOptions(books, 'x', 'None').at(-1)).toEqual({
    value: 'x',
    label: 'A playbook that is gone',
  });
  expect(playbookName(books, 'p')).toBe('B');
  expect(criteriaOf(books[0]!).map(({ text }) => text)).toEqual(['First', 'Later']);
});
