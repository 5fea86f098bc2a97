import { describe, expect, it } from 'vitest';
import { readPlaywright, readVitest } from './stage-reports.ts';

const story = (title: string, ...statuses: readonly string[]) => ({
  ...{ title, file: 'notes.spec.ts' },
  tests: statuses.map((status, at) => ({ projectName: at === 0 ? 'desktop' : 'phone', status })),
});
const report = (stats: object, specs: readonly object[], errors: readonly unknown[] = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
  suites: [{ specs: [], suites: [{ specs }] }],
});

describe('the report of Playwright', () => {
  it('counts a story that passed at its second try as passed, and names it', () => {
    const json = report({ expected: 2, flaky: 1 }, [
      story('a note is kept', 'expected', 'flaky'),
      story('a note is found', 'expected'),
    ]);
    expect(readPlaywright(json)).toEqual({
      ...{ passed: 3, failed: 0, skipped: 0 },
      flaky: ['notes.spec.ts, phone: a note is kept'],
      broken: [],
    });
  });

  it('counts a story that failed at both tries, and what failed outside of any', () => {
    const errors = [{ message: 'no server\nat start' }];
    const json = report({ unexpected: 1 }, [story('a note is kept', 'unexpected')], errors);
    expect(readPlaywright(json)).toEqual({
      ...{ passed: 0, failed: 2, skipped: 0, flaky: [] },
      broken: ['notes.spec.ts, desktop: a note is kept', 'no server'],
    });
  });
});

describe('the report of Vitest', () => {
  it('counts a file that could not be loaded as one failure', () => {
    const testResults = [
      {
        name: '/core/fifo.test.ts',
        status: 'failed',
        message: 'no module\nat',
        assertionResults: [],
      },
      {
        ...{ name: '/core/day.test.ts', status: 'failed', message: '' },
        assertionResults: [
          { fullName: 'a day ends', status: 'failed', failureMessages: ['expected 1\nat'] },
        ],
      },
      {
        ...{ name: '/core/sum.test.ts', status: 'passed', message: '' },
        assertionResults: [{ fullName: 'it adds', status: 'passed', failureMessages: [] }],
      },
    ];
    const numbers = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 4 };
    expect(readVitest({ ...numbers, testResults })).toEqual({
      ...{ passed: 1, failed: 2, skipped: 4, flaky: [] },
      broken: ['fifo.test.ts: no module', 'day.test.ts: a day ends: expected 1'],
    });
  });
});
