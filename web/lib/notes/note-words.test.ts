/** What stands for a note in a list, and what a tag becomes when it is typed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  beginningOf,
  cleanTitle,
  excerptLength,
  excerptOf,
  isFound,
  titleOf,
  usedTags,
  withTag,
} from './note-words.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 120 });

it('keeps nothing that a database refuses, and no more than it may', () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { maxLength: 40 }),
      fc.string({ unit: 'binary' }),
      (parts, tag) => {
        const text = `${parts.join('😀')}\0\uD83D${'😀'.repeat(parts.length * 40)}`;
        for (const kept of [excerptOf(text), cleanTitle(text), ...withTag([], tag)]) {
          expect(kept).not.toMatch(/[\0\p{Cs}]/u);
        }
        expect(excerptOf(text).length).toBeLessThanOrEqual(excerptLength);
      },
    ),
  );
});

it('makes of anything typed a tag that can name a cell, or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      for (const tag of withTag([], typed)) {
        // As `core/sync/fragment.ts` has it of the names of cells, less what stands around a tag.
        expect(tag).toMatch(/^[ -~\u00a0-\uffff]{1,170}$/);
      }
    }),
  );
});

it('calls a note by its title, else by its first line, which is then not told twice', () => {
  expect(titleOf({ title: 'Plan', excerpt: 'one\ntwo' })).toBe('Plan');
  expect(beginningOf({ title: 'Plan', excerpt: 'one\ntwo' })).toBe('one two');
  expect(titleOf({ title: '', excerpt: '\n one\ntwo' })).toBe('one');
  expect(beginningOf({ title: '', excerpt: '\n one\ntwo' })).toBe('two');
  expect(titleOf({ title: '', excerpt: ' ' })).toBe('Untitled note');
});

it('adds a tag once, however it is written, and as it is spelt elsewhere', () => {
  expect(withTag(['London'], ' london ')).toEqual(['London']);
  expect(withTag([], '#news,', ['News'])).toEqual(['News']);
  expect(withTag(['a'], ' , ')).toEqual(['a']);
  expect(withTag(['a'], 'risk  of ruin')).toEqual(['a', 'risk of ruin']);
});

it('finds every word in title, text or tags, within the chosen tag', () => {
  const note = { title: 'Breakout', excerpt: 'Waited for London.', tags: ['EURUSD', 'plan'] };
  const find = (text: string, tag: string | null = null) => isFound(note, { text, tag });
  expect([find(''), find('london BREAK'), find('eurusd'), find('', 'plan')]).toEqual(
    Array(4).fill(true),
  );
  expect([find('tokyo'), find('london', 'news')]).toEqual([false, false]);
});

it('lists tags by how often they are used', () => {
  expect(usedTags([{ tags: ['b', 'a'] }, { tags: ['c', 'b'] }])).toEqual(['b', 'a', 'c']);
});
