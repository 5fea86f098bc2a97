/**
 * Gives the vault a new master key and puts everything under it, while the server works.
 *
 * Killed anywhere, it goes on where it was when begun again:
 *
 * 1. The new key is written to the file, first; from then on every server seals with it.
 * 2. Every value that an older key sealed is rewrapped.
 * 3. A value sealed just before step 1 may be saved a little after it: that long is waited.
 * 4. What came in meanwhile is rewrapped, and the keys that nothing uses any more are removed.
 *
 * Keys from the environment are changed by the operator; then step 2 alone is done.
 */
import { dirname, join } from 'node:path';
import { ok, type Result } from '#core/result.ts';
import { lockFile } from '../data/folder-lock.ts';
import type { Queries } from '../database/queries.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { addKey, readKeyFile, removeKeys, type KeptKey } from './key-file.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { rewrapAll, valuesByKey, type Unreadable } from './rewrap.ts';

export type RotationStep =
  'key-added' | 'batch' | 'rewrapped' | 'waited' | 'before-removal' | 'keys-removed';

export interface Rotation {
  readonly database: Queries;
  /** `vault-keys.json` of the data folder. */
  readonly file: string;
  /** The keys of the environment, where they replace the file. */
  readonly given: string | null;
  readonly nowMs: () => number;
  readonly wait: (forMs: number) => Promise<void>;
  /** How long after a key was replaced what it sealed may still be saved. */
  readonly graceMs: number;
  /** Told after each step, and awaited. */
  readonly onStep?: (step: RotationStep) => Promise<void> | void;
}

export interface RotationReport {
  readonly currentKeyId: string;
  readonly rewrapped: number;
  /** Old keys that are gone; for keys of the environment, those that can be taken out of it. */
  readonly unusedKeyIds: readonly string[];
  /** Old keys that are still needed: for values that cannot be read, if anything. */
  readonly neededKeyIds: readonly string[];
  readonly unreadable: readonly Unreadable[];
}

/** Longer than any transaction of the server: its statements end after 30 s. */
export const rotationGraceMs = 60_000;

/** Refuses when the keys cannot be used or another rotation is under way. */
export async function rotateVault(rotation: Rotation): Promise<Result<RotationReport, Refusal>> {
  const lock = lockFile(join(dirname(rotation.file), 'vault-rotation.lock'));
  if (!lock) return refuse('Another rotation of the vault keys is under way; wait for it.');
  try {
    return await (rotation.given === null ? rotateFile(rotation) : rotateGiven(rotation));
  } finally {
    lock.release();
  }
}

async function rotateFile(rotation: Rotation): Promise<Result<RotationReport, Refusal>> {
  const { file, onStep } = rotation;
  const kept = readKeyFile(file);
  if (!kept.ok) return kept;
  if (kept.value === null) {
    return refuse(`There are no vault keys in ${file}; start Offing once to make the first.`);
  }
  // A key that is replaced but still there: an earlier rotation was cut short.
  if (kept.value.length === 1) await addKey(file, kept.value, rotation.nowMs());
  await onStep?.('key-added');

  const ring = await openKeyRing({ ...rotation, absent: 'refuse', nowMs: rotation.nowMs() });
  if (!ring.ok) return ring;
  const first = await rewrapStep(rotation, ring.value);
  await onStep?.('rewrapped');
  const keys = readKeyFile(file);
  if (!keys.ok) return keys;
  await waitForLatecomers(rotation, keys.value ?? []);
  await onStep?.('waited');
  const second = await rewrapStep(rotation, ring.value);
  const report = await reportOf(rotation, ring.value, {
    rewrapped: first.rewrapped + second.rewrapped,
    unreadable: second.unreadable,
  });
  await onStep?.('before-removal');
  await removeKeys(file, keys.value ?? [], report.unusedKeyIds);
  await onStep?.('keys-removed');
  return ok(report);
}

async function rotateGiven(rotation: Rotation): Promise<Result<RotationReport, Refusal>> {
  const ring = await openKeyRing({ ...rotation, absent: 'refuse', nowMs: rotation.nowMs() });
  if (!ring.ok) return ring;
  const done = await rewrapStep(rotation, ring.value);
  await rotation.onStep?.('rewrapped');
  return ok(await reportOf(rotation, ring.value, done));
}

function rewrapStep({ database, onStep }: Rotation, ring: KeyRing) {
  return rewrapAll({ database, ring, onBatch: () => onStep?.('batch') });
}

async function waitForLatecomers(rotation: Rotation, keys: readonly KeptKey[]): Promise<void> {
  const retiredMs = Math.max(...keys.map((key) => key.retiredMs ?? 0));
  const leftMs = retiredMs + rotation.graceMs - rotation.nowMs();
  // A clock that was put back must not make this wait for ever.
  if (leftMs > 0) await rotation.wait(Math.min(leftMs, rotation.graceMs));
}

async function reportOf(
  { database }: Rotation,
  ring: KeyRing,
  done: { readonly rewrapped: number; readonly unreadable: readonly Unreadable[] },
): Promise<RotationReport> {
  const [currentKeyId, ...oldIds] = ring.ids();
  const values = await valuesByKey(database);
  return {
    ...done,
    currentKeyId: currentKeyId!,
    unusedKeyIds: oldIds.filter((id) => !values.has(id)),
    neededKeyIds: oldIds.filter((id) => values.has(id)),
  };
}
