/** When a trader is reminded to take a backup. */
import { expect, test } from 'vitest';
import { isBackupDue } from './backup.ts';

const day = 86_400_000;

test('nobody is reminded on the first day or with nothing to lose', () => {
  expect(isBackupDue({ firstMs: null, lastBackupMs: null }, 99 * day)).toBe(false);
  expect(isBackupDue({ firstMs: 10 * day, lastBackupMs: null }, 10.5 * day)).toBe(false);
});

test('work that was never saved is due after a day, saved work after two weeks', () => {
  expect(isBackupDue({ firstMs: 10 * day, lastBackupMs: null }, 11.1 * day)).toBe(true);
  expect(isBackupDue({ firstMs: 10 * day, lastBackupMs: 12 * day }, 20 * day)).toBe(false);
  expect(isBackupDue({ firstMs: 10 * day, lastBackupMs: 12 * day }, 27 * day)).toBe(true);
});
