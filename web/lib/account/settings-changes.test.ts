/** The later of two changes wins, and nobody inherits what another account chose. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteSettings, readLocalSettings, settingsToKeep } from './settings-changes.ts';

const defaults = '{"theme":"system"}';
const dark = '{"theme":"dark"}';
const local = (changedMs: number, userId: string | null = null) => ({
  text: dark,
  changedMs,
  userId,
});
const kept = (changedMs: number) => ({ value: {}, changedMs });

test('the account’s settings are taken exactly when they were changed later', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (hereMs, thereMs) => {
      const expected = thereMs > hereMs ? 'take' : thereMs < hereMs ? 'give' : 'leave';
      expect(settingsToKeep(local(hereMs), kept(thereMs), 'mira')).toBe(expected);
    }),
  );
});

test('taking leaves nothing to give, and giving nothing to take', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (hereMs, thereMs) => {
      const laterMs = Math.max(hereMs, thereMs);
      expect(settingsToKeep(local(laterMs, 'mira'), kept(laterMs), 'mira')).toBe('leave');
    }),
  );
});

test('what another account chose on this device is not given to this one', () => {
  expect(settingsToKeep(local(9, 'tom'), kept(5), 'mira')).toBe('take');
  expect(settingsToKeep(local(9, 'mira'), kept(5), 'mira')).toBe('give');
  expect(settingsToKeep(local(9), kept(5), 'mira')).toBe('give');
});

test('a new account is given what was chosen, and nothing where nothing was', () => {
  expect(settingsToKeep(local(3), null, 'mira')).toBe('give');
  expect(settingsToKeep(local(0), null, 'mira')).toBe('leave');
});

test('the defaults on a new device are no choice', () => {
  expect(noteSettings(null, { text: defaults, defaults }, 7, null).changedMs).toBe(0);
  expect(noteSettings(null, { text: dark, defaults }, 7, null).changedMs).toBe(7);
});

test('a change is dated and named, and the same settings change nothing', () => {
  const before = noteSettings(null, { text: dark, defaults }, 7, null);
  expect(noteSettings(before, { text: dark, defaults }, 9, 'mira')).toBe(before);
  const back = noteSettings(before, { text: defaults, defaults }, 9, 'mira');
  expect(back).toEqual({ text: defaults, changedMs: 9, userId: 'mira' });
});

test('what is remembered is read back, and damage is as nothing', () => {
  expect(readLocalSettings(JSON.stringify(local(4, 'mira')))).toEqual(local(4, 'mira'));
  for (const damaged of [null, '', '{', 'null', '7', '{"text":3,"changedMs":4}']) {
    expect(readLocalSettings(damaged)).toBeNull();
  }
});
