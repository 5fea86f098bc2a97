/**
 * Runs everything that decides a landing, one stage after another, and ends with one line:
 * `N passed, N failed`. A stage that cannot even start counts as one failure.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  readonly name: string;
  readonly args: readonly string[];
  /** Where the stage counts its tests; without it the stage itself is the one test. */
  readonly report?: { readonly file: string; readonly read: (json: unknown) => Count };
}

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache', 'reports');
const bin = (path: string) => join(root, 'node_modules', path);

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { status: string; name: string; assertionResults: unknown[] }[];
}

function readVitest(json: unknown): Count {
  const report = json as VitestReport;
  // A file that fails to load holds no test, and would otherwise not count.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests,
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

function readPlaywright(json: unknown): Count {
  const { stats, errors } = json as PlaywrightReport;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

function vitest(project: string): Stage {
  const file = join(reports, `${project}.json`);
  return {
    name: project,
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    report: { file, read: readVitest },
  };
}

const long = process.argv.includes('--long');
// Each round draws its random cases anew.
const rounds = long ? 20 : 1;

const stages: readonly Stage[] = [
  { name: 'format', args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.'] },
  { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  { name: 'types of the rooms', args: [bin('typescript/bin/tsc'), '-b'] },
  { name: 'types of the tests', args: [bin('typescript/bin/tsc'), '-p', 'tests'] },
  {
    name: 'types of the pages',
    args: [
      bin('svelte-check/bin/svelte-check'),
      '--tsconfig',
      'web/tsconfig.json',
      '--fail-on-warnings',
    ],
  },
  ...Array.from({ length: rounds }, () => vitest('unit')),
  vitest('pg'),
  vitest('browser'),
  {
    name: 'end to end',
    args: [bin('@playwright/test/cli.js'), 'test', '--config', 'tests/e2e/playwright.config.ts'],
    report: { file: join(reports, 'e2e.json'), read: readPlaywright },
  },
];

function run(args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const env = { ...process.env, OFFING_LONG: long ? '1' : '' };
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env });
    child.on('exit', (code) => resolve(code === 0));
  });
}

function count(stage: Stage, succeeded: boolean): Count {
  const whole = { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  if (!stage.report) return whole;
  try {
    const counted = stage.report.read(JSON.parse(readFileSync(stage.report.file, 'utf8')));
    const unexplained = !succeeded && counted.failed === 0 ? 1 : 0;
    const empty = counted.passed + counted.failed === 0 ? 1 : 0;
    return { ...counted, failed: counted.failed + unexplained + empty };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
for (const stage of stages) {
  if (only.length > 0 && !only.includes(stage.name)) continue;
  const startMs = Date.now();
  console.log(`\n── ${stage.name}`);
  const result = count(stage, await run(stage.args));
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
  const seconds = Math.round((Date.now() - startMs) / 1000);
  console.log(`── ${stage.name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
}
if (total.skipped > 0) console.log(`\n${total.skipped} skipped; each says above what it needs.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
