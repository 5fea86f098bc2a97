import { describe, expect, test } from 'vitest';
import type { SyncPhase, SyncStatus } from '#workers/replica/api.ts';
import { syncWords, type SyncFacts } from './words.ts';

const nowMs = 1_700_000_000_000;
const status = (change: Partial<SyncStatus>): SyncStatus => ({
  phase: 'idle',
  ratio: null,
  untilMs: null,
  syncedMs: nowMs - 5_000,
  comparedMs: null,
  isServerFull: false,
  failure: null,
  ...change,
});
const words = (change: Partial<SyncStatus> | null, facts: Partial<SyncFacts> = {}) =>
  syncWords({
    status: change && status(change),
    waiting: 0,
    isSignedOut: false,
    isRestoring: false,
    nowMs,
    times: 'utc',
    server: null,
    ...facts,
  });

describe('the state of the synchronisation in words', () => {
  test.each([
    ['Starting to sync', null, {}],
    ['Synced', {}, {}],
    ['Syncing', { phase: 'syncing' }, {}],
    ['1 change waiting', {}, { waiting: 1 }],
    ['3 changes waiting', { phase: 'syncing' }, { waiting: 3 }],
    ['Getting your data 40 %', { phase: 'first-sync', ratio: 0.404 }, {}],
    ['Getting your data', { phase: 'first-sync' }, {}],
    ['Restoring 40 %', { phase: 'first-sync', ratio: 0.4 }, { isRestoring: true }],
    ['Offline', { phase: 'offline' }, {}],
    ['Offline · 2 changes waiting', { phase: 'offline' }, { waiting: 2 }],
    ['Server not reachable', { phase: 'unreachable' }, {}],
    ['Server not reachable', { phase: 'idle' }, { server: 'unreachable' }],
    ['Server not reachable · 1 change waiting', {}, { server: 'unreachable', waiting: 1 }],
    ['Offline', { phase: 'syncing' }, { server: 'offline' }],
    ['Locked', { phase: 'locked' }, { server: 'unreachable' }],
    ['Waiting 12 s', { phase: 'waiting', untilMs: nowMs + 11_200 }, {}],
    ['No room on the server · 2 changes waiting', { isServerFull: true }, { waiting: 2 }],
    ['No room on this device', { phase: 'device-full' }, {}],
    ['Locked', { phase: 'locked' }, {}],
    ['Not synced', { failure: 'server.failed' }, {}],
    ['Signed out', { phase: 'signed-out' }, {}],
    ['Signed out · 1 change waiting', { phase: 'idle' }, { isSignedOut: true, waiting: 1 }],
  ] as const)('says “%s”', (short, change, facts) => {
    const said = words(change, facts);
    expect(said.short).toBe(short);
    expect(said.long).toMatch(/^[A-Z0-9].*\.$/);
  });

  const phases: readonly SyncPhase[] = [
    'idle',
    'syncing',
    'first-sync',
    'offline',
    'unreachable',
    'waiting',
    'signed-out',
    'locked',
    'device-full',
  ];
  test('says that all is well in one case alone', () => {
    const well = phases.flatMap((phase) =>
      [0, 1].filter((waiting) => words({ phase }, { waiting }).tone === 'ok').map(() => phase),
    );
    expect(well).toEqual(['idle']);
  });

  test('uses plain words', () => {
    for (const phase of phases) {
      for (const waiting of [0, 1, 5]) {
        const { short, long } = words({ phase }, { waiting });
        expect(`${short} ${long}`).not.toMatch(/replic|outbox|cursor|fragment|CRDT|merge/i);
      }
    }
  });
});
