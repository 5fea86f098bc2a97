import { describe, expect, test } from 'vitest';
import { collections } from '#core/collections/registry.ts';
import { fieldWords, isBookkeeping, itemWords, valueWords } from './item-words.ts';

describe('replicated things in words', () => {
  test('name the item by what people call it', () => {
    expect(itemWords('strategies', 'x', { name: 'Cross' })).toBe('Strategy “Cross”');
    expect(itemWords('strategies', 'x', undefined)).toBe('Strategy');
    expect(itemWords('settings', 'backtest', undefined)).toBe('Setting “backtest”');
  });

  test('have a word for every collection', () => {
    for (const { name } of collections) expect(itemWords(name, 'x', undefined)).toMatch(/^[A-Z]/);
  });

  test('name the part, and never by the name of a cell', () => {
    expect(fieldWords('inputs.fast')).toBe('input “fast”');
    expect(fieldWords('settings.cash')).toBe('starting money');
    expect(fieldWords('tags.deep.water.0lxyz0000000000abcdef')).toBe('tag “deep.water”');
    expect(fieldWords('_del')).toBe('deletion');
    const strategies = collections.find(({ name }) => name === 'strategies')!;
    for (const [field, rule] of Object.entries(strategies.fields)) {
      if (rule.merge !== 'struct') continue;
      for (const key of Object.keys(rule.shapes)) {
        expect(fieldWords(`${field}.${key}`)).not.toMatch(/[A-Z.]/);
      }
    }
  });

  test('say values as one reads them', () => {
    expect(valueWords('inputs.fast', 12, 'utc')).toBe('12');
    expect(valueWords('name', '', 'utc')).toBe('empty');
    expect(valueWords('deletedMs', null, 'utc')).toBe('not in the bin');
    expect(valueWords('deletedMs', 0, 'utc')).toBe('1970-01-01 00:00');
    expect(valueWords('_del', 1, 'utc')).toBe('deleted');
    expect(valueWords('settings.exclusive', true, 'utc')).toBe('yes');
    expect(valueWords('source', 'x'.repeat(9_000), 'utc').length).toBeLessThan(2_100);
  });

  test('leave out what nobody would bring back', () => {
    expect(['updatedMs', 'excerpt', 'text.0l'].every(isBookkeeping)).toBe(true);
    expect(['name', 'source', 'tags.a.0l', 'deletedMs'].some(isBookkeeping)).toBe(false);
  });
});
