import { expect, test } from 'vitest';
import type { Device } from '../account/api.ts';
import { usedDevices } from './used-devices.ts';

const device = (node: string, facts: Partial<Device>): Device => ({
  node,
  name: 'Chrome on Linux',
  isThis: false,
  sessionId: node,
  createdMs: 0,
  lastSeenMs: 0,
  unsynced: 0,
  ...facts,
});
const listed = (...devices: readonly Device[]) =>
  usedDevices(devices, null).map(({ node }) => node);

test('lists every device that was used, and those that only just began', () => {
  const phone = device('phone', { createdMs: 0, lastSeenMs: 9e6 });
  const fresh = device('fresh', { createdMs: 9e6, lastSeenMs: 9e6 });
  expect(listed(phone, fresh)).toEqual(['phone', 'fresh']);
});

test('leaves out a beginning that the same browser made again', () => {
  const abandoned = device('abandoned', { sessionId: 's', createdMs: 1, lastSeenMs: 500 });
  const used = device('used', { sessionId: 's', createdMs: 900, lastSeenMs: 9e6 });
  expect(listed(abandoned, used)).toEqual(['used']);
});

test('lists both copies of a browser profile', () => {
  const one = device('one', { sessionId: 's', createdMs: 0, lastSeenMs: 9e6 });
  const copy = device('copy', { sessionId: 's', createdMs: 8e6, lastSeenMs: 9e6 });
  expect(listed(one, copy)).toEqual(['one', 'copy']);
});

test('tells two copies of a profile apart, which share a session, by what this one is called', () => {
  const one = device('one', { sessionId: 's', isThis: true, createdMs: 0, lastSeenMs: 1 });
  const copy = device('copy', { sessionId: 's', isThis: true, createdMs: 2, lastSeenMs: 9e6 });
  const here = (own: string) =>
    usedDevices([one, copy], own).map(({ node, isThis }) => [node, isThis]);
  expect(here('one')).toEqual([
    ['one', true],
    ['copy', false],
  ]);
  expect(here('copy')).toEqual([['copy', true]]);
});
