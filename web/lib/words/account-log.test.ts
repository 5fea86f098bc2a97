import { expect, test } from 'vitest';
import { logDetail, logText } from './account-log.ts';

test('an entry is told in words, one of a later version by its own name', () => {
  expect(logText({ name: 'connected' })).toBe('The terminal connected');
  expect(logText({ name: 'some-new.thing' })).toBe('some new thing');
});

test('its particulars are told in words, without ids and what is empty', () => {
  const left = { why: 'silent', detail: '', accountId: 'a' };
  expect(logDetail({ detail: left })).toBe('nothing was heard of it');
  expect(logDetail({ detail: { login: '42', build: 5200 } })).toBe('account 42 · build 5200');
  expect(logDetail({ detail: { why: 'newer', thing: 1 } })).toBe('newer · thing 1');
});
