/** Each entry of the audit trail reads as a sentence, whatever the server adds to it. */
import { expect, test } from 'vitest';
import { auditActions } from '#core/identity/audit-actions.ts';
import { auditDetailWords, auditKind, auditKinds, auditWords } from './audit-words.ts';

test.each(auditActions)('%s is told in words and has a kind', (action) => {
  expect(auditWords(action)).toMatch(/^[A-Z][^.]{5,}$/);
  expect(auditWords(action)).not.toBe(action);
  expect(auditKinds.map(({ value }) => value)).toContain(auditKind(action));
});

test('no two actions are told in the same words', () => {
  expect(new Set(auditActions.map(auditWords)).size).toBe(auditActions.length);
});

test('an action of a newer server is shown by its name', () => {
  expect(auditWords('robot.paired')).toBe('robot.paired');
});

test('the particulars leave out where a call came from, which has a column of its own', () => {
  const origin = { address: '192.0.2.7', device: 'Chrome on Linux' };
  expect(auditDetailWords({ method: 'passkey', ...origin })).toBe('by passkey');
  expect(auditDetailWords({ name: 'Laptop', ...origin })).toBe('“Laptop”');
  expect(auditDetailWords({ before: 'a@b.example', after: 'c@d.example' })).toBe(
    'from a@b.example, to c@d.example',
  );
  expect(auditDetailWords(origin)).toBe('');
});

test('particulars whose key was destroyed are said to be unreadable', () => {
  expect(auditDetailWords(null)).toBe('no longer readable');
});
