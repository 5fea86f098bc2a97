/** Two thousand random runs with a fixed seed, and one hash of all their outcomes. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import type { Outcome } from '#core/execution/outcome.ts';
import { canonicalSettings } from '#core/execution/settings.ts';
import { hashRun } from '#core/hash.ts';
import { runCase, type RunCase } from './run-case.ts';

/** Hex: the hash of each run's own hash, in turn. */
export function hashOfManyRuns(run: (one: RunCase) => Outcome): string {
  const all = sha256.create();
  for (const one of fc.sample(runCase, { numRuns: 2000, seed: 20 })) {
    const { bars, settings } = one;
    const text = canonicalSettings(settings, {});
    const steps = hashRun({ bars, source: '', canonicalSettings: text, outcome: run(one) });
    all.update(utf8ToBytes(lastOf(steps)));
  }
  return bytesToHex(all.digest());
}

/** What a computation comes to when nobody listens to its progress. */
export function lastOf<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
