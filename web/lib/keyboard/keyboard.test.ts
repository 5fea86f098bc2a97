/** Keys: how they are read, what they come to, and who would lose them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { begunBy, inTheWay, keysOf, meaningOf } from './bindings.ts';
import { chordOf, isTyped, keyCaps, refusalOf, type PressedKey } from './chord.ts';

const press = (key: string, held: Partial<PressedKey> & { isAltGraph?: boolean } = {}) =>
  chordOf({
    ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...held,
    getModifierState: (name) => name === 'AltGraph' && (held.isAltGraph ?? false),
  });

test('keys are read by what they write, and by their place where that is no Latin letter', () => {
  expect(press('k', { ctrlKey: true })).toBe('Ctrl+K');
  expect(press('k', { metaKey: true })).toBe('Ctrl+K');
  expect(press('?', { shiftKey: true, code: 'Slash' })).toBe('?');
  expect(press('D', { shiftKey: true, code: 'KeyD' })).toBe('Shift+D');
  expect(press('d', { code: 'KeyE' })).toBe('D');
  expect(press('л', { code: 'KeyK', ctrlKey: true })).toBe('Ctrl+K');
  expect(press('†', { code: 'KeyT', altKey: true })).toBe('Alt+T');
  expect(press('F9')).toBe('F9');
  expect(press('+', { ctrlKey: true, code: 'Equal', shiftKey: true })).toBe('Ctrl+Shift+Plus');
});

test('AltGr writes a sign, and holding keys alone is no press', () => {
  expect(press('@', { isAltGraph: true, ctrlKey: true, altKey: true, code: 'KeyQ' })).toBe('@');
  expect(press('Shift', { shiftKey: true })).toBeNull();
  expect(press('Control', { ctrlKey: true })).toBeNull();
});

test('only keys that write something wait while somebody types', () => {
  expect(['A', '?', 'Shift+D', 'Delete', 'Space'].filter(isTyped)).toHaveLength(5);
  expect(['Ctrl+K', 'Alt+T', 'F9', 'Shift+F3'].filter(isTyped)).toEqual([]);
});

test('keys are shown as they stand on the keyboard', () => {
  expect(keyCaps('G H', { isMac: false })).toEqual(['G', 'H']);
  expect(keyCaps('Ctrl+Shift+ArrowUp', { isMac: false })).toEqual(['Ctrl Shift ↑']);
  expect(keyCaps('Ctrl+Plus', { isMac: true })).toEqual(['⌘ +']);
  expect(keyCaps('', { isMac: true })).toEqual([]);
});

test('keys of the browser, of moving about and of editing are refused with a reason', () => {
  for (const chord of ['Ctrl+W', 'Tab', 'Enter', 'Ctrl+C']) expect(refusalOf(chord)).toBeTruthy();
  for (const chord of ['F5', 'Ctrl+R', 'Alt+ArrowLeft', 'Ctrl+1', 'Ctrl+F', 'Ctrl+Plus']) {
    expect(refusalOf(chord), chord).toContain('Browsers use these keys');
  }
  for (const chord of ['Ctrl+B', 'Shift+D', 'Q']) expect(refusalOf(chord)).toBeNull();
});

const specs = [
  { id: 'home', keys: 'G H' },
  { id: 'new', keys: 'C', page: '/notes/' },
  { id: 'search', keys: '/', page: '/notes/' },
  { id: 'symbol', keys: '/', page: '/charts/', isFixed: true },
  { id: 'side', keys: 'B, S', page: '/orders/', isFixed: true },
  { id: 'theme', keys: 'Shift+D' },
] as const;
const taken = (id: string, keys: string, page?: string, own = {}) =>
  inTheWay(specs, own, { id, keys, page }).map((each) => each.id);

test('a key that begins others cannot be had alone', () => {
  const begun = (keys: string, own = {}) =>
    begunBy(specs, own, { id: 'theme', keys }).map(({ id }) => id);
  expect(begun('G')).toEqual(['home']);
  expect(begun('G H')).toEqual([]);
  expect(begun('B')).toEqual([]);
  expect(begun('X', { new: 'X Y' })).toEqual(['new']);
  expect(begunBy(specs, {}, { id: 'home', keys: 'G' })).toEqual([]);
});

test('those who would lose their keys are named, on other pages nobody is', () => {
  expect(taken('theme', 'C')).toEqual(['new']);
  expect(taken('theme', 'G')).toEqual(['home']);
  expect(taken('theme', 'G H C')).toEqual(['home']);
  expect(taken('new', '/', '/notes/')).toEqual(['search']);
  expect(taken('theme', 'S')).toEqual(['side']);
  expect(taken('theme', 'C', undefined, { new: 'X' })).toEqual([]);
  expect(taken('theme', '')).toEqual([]);
});

test('own keys stand in place of the usual ones, but not of fixed ones', () => {
  expect(keysOf(specs[5], { theme: '' })).toBe('');
  expect(keysOf(specs[4], { side: 'X' })).toBe('B, S');
});

test('keys in turn are told from keys alone, and a false step begins anew', () => {
  const bound = [{ keys: 'G H' }, { keys: 'H' }, { keys: 'H', page: '/x/' }, { keys: 'Ctrl+K' }];
  expect(meaningOf(bound, 'G', '')).toEqual({ begun: 'G' });
  expect(meaningOf(bound, 'H', 'G')).toEqual({ done: bound[0] });
  expect(meaningOf(bound, 'H', '')).toEqual({ done: bound[2] });
  expect(meaningOf(bound, 'Ctrl+K', 'G')).toEqual({ done: bound[3] });
  expect(meaningOf(bound, 'X', 'G')).toBeNull();
});

test('keys that stand in nobody’s way always come to their action', () => {
  const key = fc.constantFrom('A', 'B', 'Ctrl+K', 'Shift+D', '?');
  const keys = fc.array(key, { minLength: 1, maxLength: 2 }).map((steps) => steps.join(' '));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 6 }), keys, (others, wanted) => {
      const free = others.map((each, at) => ({ id: `${at}`, keys: each }));
      fc.pre(inTheWay(free, {}, { id: 'own', keys: wanted }).length === 0);
      const bound = [...free, { id: 'own', keys: wanted }];
      const steps = wanted.split(' ');
      const first = meaningOf(bound, steps[0]!, '');
      const last = steps[1] === undefined ? first : meaningOf(bound, steps[1], steps[0]!);
      if (steps[1] !== undefined) expect(first).toEqual({ begun: steps[0] });
      expect(last).toEqual({ done: bound.at(-1) });
    }),
  );
});
