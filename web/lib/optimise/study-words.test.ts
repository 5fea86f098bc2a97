import { expect, test } from 'vitest';
import { studies, type StudyKey } from '#core/optimise/studies/registry.ts';
import { standardOptions } from '#core/optimise/studies/study.ts';
import type { StudySummary } from '#core/optimise/studies/summary.ts';
import { answerOf, studyWords } from './study-words.ts';

const good: StudySummary = {
  paths: 100,
  real: { returnPct: 40, drawdownPct: 10 },
  returnBand: { low: 20, middle: 35, high: 50 },
  drawdownBand: { low: 5, middle: 10, high: 15 },
  lossShare: 0,
  below: 0.6,
  chance: 0.02,
  returns: new Float64Array(100),
};

test('every study has words, and what can be changed lies within its bounds', () => {
  expect(Object.keys(studyWords)).toEqual(Object.keys(studies));
  for (const { fields } of Object.values(studyWords)) {
    for (const { key, scale, least, most } of fields) {
      expect(standardOptions[key] * scale).toBeGreaterThanOrEqual(least);
      expect(standardOptions[key] * scale).toBeLessThanOrEqual(most);
    }
  }
});

test('a p value of 5 % is the border between evidence and none', () => {
  for (const study of ['entries', 'days'] as const) {
    expect(answerOf(study, { ...good, chance: 0.05 }).reason).toMatch(/seldom/);
    expect(answerOf(study, { ...good, chance: 0.051 }).reason).toMatch(/no evidence/);
  }
});

test.each([
  ['loses in many paths', { lossShare: 0.3 }, /hangs on details|this one history/],
  ['usually gains little', { returnBand: { low: 1, middle: 15, high: 60 } }, /less than half/],
  ['gained nothing', { real: { returnPct: -1, drawdownPct: 9 } }, /nothing to begin with/],
  ['holds', {}, /does not hang/],
])('a run that %s is told so', (_, change, words) => {
  const studied: readonly StudyKey[] = ['fills', 'noise', 'blocks'];
  for (const study of studied)
    expect(answerOf(study, { ...good, ...change }).reason).toMatch(words);
});
