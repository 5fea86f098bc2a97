/** The first steps tick themselves off. */
import { expect, test } from 'vitest';
import { firstSteps, type StepFacts } from './first-steps.ts';

const nothing: StepFacts = {
  ...{ series: 0, strategies: 0, runs: 0, lastBackupMs: null, hasServer: true },
  ...{ isSignedIn: false, accounts: 0, bots: 0 },
};
const done = (change: Partial<StepFacts>) =>
  firstSteps({ ...nothing, ...change }).flatMap(({ id, isDone }) => (isDone ? [id] : []));

test('a new visitor has done nothing yet', () => {
  expect(done({})).toEqual([]);
});

test('each step is done by what is there', () => {
  expect(done({ series: 1, runs: 2 })).toEqual(['prices', 'run']);
  expect(done({ lastBackupMs: 0 })).toEqual(['backup']);
  expect(done({ isSignedIn: true })).toEqual(['backup', 'account']);
  expect(done({ accounts: 1, bots: 1 })).toEqual(['backup', 'account', 'broker', 'bot']);
});

test('without a server nothing is asked that needs one', () => {
  const ids = firstSteps({ ...nothing, hasServer: false }).map(({ id }) => id);
  expect(ids).toEqual(['prices', 'strategy', 'run', 'backup']);
});
