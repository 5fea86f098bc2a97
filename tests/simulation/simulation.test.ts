/** The exchange under everything that can happen to it, and that its safeguards are needed. */
import { describe, expect, test } from 'vitest';
import { withoutGate, withoutNonce, withoutShadow, withoutWitness } from './safeguards.ts';
import { simulate, type Violation } from './simulate.ts';
import type { Safeguards } from './world.ts';

const seeds = 1_000;
const part = 200;
const firsts = Array.from({ length: seeds / part }, (_, i) => i * part);

describe('replicas and their server', () => {
  test.each(firsts)('agree and lose nothing whatever happens, seeds from %i', async (first) => {
    for (let seed = first; seed < first + part; seed++) expect(await simulate(seed)).toBe(null);
  });

  test('do the same each time for the same seed', async () => {
    // Without its gate some fail, so that there is something to compare.
    const violation = await firstFailure(withoutGate);
    expect(await simulate(violation!.seed, withoutGate)).toEqual(violation);
  });
});

/** The first seed that fails, of as many as are run at each change. */
async function firstFailure(safeguards: Safeguards): Promise<Violation | null> {
  for (let seed = 0; seed < seeds; seed++) {
    const violation = await simulate(seed, safeguards);
    if (violation) return violation;
  }
  return null;
}

describe('a safeguard that is taken away is missed', () => {
  test.each([
    ['nonces: a copied profile gives its stamps twice', withoutNonce, /acknowledged is there/],
    ['witnesses: a restored server goes unnoticed', withoutWitness, /converged|nothing lost/],
    ['the gate: one clock that is ahead poisons the account', withoutGate, /no stamp ahead/],
    ['shadows: what was refused cannot be taken back', withoutShadow, /converged/],
  ])('%s', async (_, safeguards, invariant) => {
    expect((await firstFailure(safeguards))?.invariant).toMatch(invariant);
  });
});

describe('seeds that once failed', () => {
  test('103: an update that another snapshot covers takes its own covers with it', async () => {
    expect(await simulate(103)).toBe(null);
  });
});
