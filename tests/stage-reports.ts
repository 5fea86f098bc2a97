/** What the reports of Vitest and Playwright come to: how many tests passed, failed and did not run. */
import { basename } from 'node:path';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Passed, but only when tried again: each is a race that somebody has to end. */
  readonly flaky: readonly string[];
  /** What failed, each with what it said first. */
  readonly broken: readonly string[];
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? '';

export function readVitest(json: unknown): Count {
  const report = json as VitestReport;
  // A file that fails to load holds no test, and would otherwise not count.
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => {
        return `${basename(name)}: ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`;
      }),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests,
    flaky: [],
    broken: [
      ...unloaded.map(({ name, message }) => `${basename(name)}: ${firstLine(message)}`),
      ...failed,
    ],
  };
}

interface PlaywrightSuite {
  readonly specs: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly { readonly projectName: string; readonly status: string }[];
  }[];
  readonly suites?: readonly PlaywrightSuite[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  readonly errors: readonly { readonly message?: string }[];
  readonly suites: readonly PlaywrightSuite[];
}

/** The stories that ended so. */
function storiesThat(ended: string, { specs, suites = [] }: PlaywrightSuite): readonly string[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === ended)
      .map(({ projectName }) => `${file}, ${projectName}: ${title}`),
  );
  return [...own, ...suites.flatMap((suite) => storiesThat(ended, suite))];
}

export function readPlaywright(json: unknown): Count {
  const { stats, errors, suites } = json as PlaywrightReport;
  const outside = errors.map(({ message = '' }) => firstLine(message));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    flaky: suites.flatMap((suite) => storiesThat('flaky', suite)),
    broken: [...suites.flatMap((suite) => storiesThat('unexpected', suite)), ...outside],
  };
}
