/**
 * Runs everything that decides a landing and ends with one line: `N passed, N failed`. What reads
 * the sources runs two at a time; so do the tests in Node and those of the database, which wait
 * more than they compute; the end-to-end tests have the machine to themselves. A stage that cannot
 * even start counts as one failure. What failed, and a story that passed only at its second try,
 * is named before the last line: of a long run often only the end is kept.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPlaywright, readVitest, type Count } from './stage-reports.ts';

interface Stage {
  readonly name: string;
  readonly args: readonly string[];
  /** Where the stage counts its tests; without it the stage itself is the one test. */
  readonly report?: { readonly file: string; readonly read: (json: unknown) => Count };
}

const root = join(import.meta.dirname, '..');
const reports = join(root, '.cache', 'reports');
const bin = (path: string) => join(root, 'node_modules', path);

function vitest(...projects: readonly string[]): Stage {
  const name = projects.join(' and ');
  const file = join(reports, `${projects[0]}.json`);
  return {
    name,
    args: [
      bin('vitest/vitest.mjs'),
      'run',
      ...projects.map((project) => `--project=${project}`),
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

const format = ['--check', '--log-level=warn', '.'];
/** The compiler in machine code, in a third of the time; the one in JavaScript is for the tools that call it. */
const tsc = bin('@typescript/native/bin/tsc');
const pages = ['--tsconfig', 'web/tsconfig.json', '--fail-on-warnings'];
/** Each of these keeps one core busy, so two lanes of them fill the machine the project is built for. */
const readingLanes: readonly (readonly Stage[])[] = [
  [
    { name: 'format', args: [bin('prettier/bin/prettier.cjs'), ...format] },
    { name: 'types of the pages', args: [bin('svelte-check/bin/svelte-check'), ...pages] },
  ],
  [
    { name: 'types of the rooms', args: [tsc, '-b'] },
    { name: 'types of the tests', args: [tsc, '-p', 'tests'] },
    { name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
  ],
];
/** While servers and databases of one lane wait, the other computes. */
const testingLanes: readonly (readonly Stage[])[] = [
  [vitest('pg')],
  [...Array.from({ length: rounds }, () => vitest('unit', 'alone')), vitest('browser')],
];
const wholeProduct: readonly Stage[] = [
  {
    name: 'end to end',
    args: [bin('@playwright/test/cli.js'), 'test', '--config', 'tests/e2e/playwright.config.ts'],
    report: { file: join(reports, 'e2e.json'), read: readPlaywright },
  },
];

/** Whether it succeeded; what a stage beside others says is kept together until it has ended. */
function run(args: readonly string[], beside: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const env = { ...process.env, OFFING_LONG: long ? '1' : '' };
    const stdio = beside ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, args, { cwd: root, stdio, env });
    const said: Buffer[] = [];
    child.stdout?.on('data', (text: Buffer) => said.push(text));
    child.stderr?.on('data', (text: Buffer) => said.push(text));
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve(code === 0);
    });
  });
}

const none: Count = { passed: 0, failed: 0, skipped: 0, flaky: [], broken: [] };

function count(stage: Stage, succeeded: boolean): Count {
  if (!stage.report) {
    return succeeded ? { ...none, passed: 1 } : { ...none, failed: 1, broken: [stage.name] };
  }
  try {
    const counted = stage.report.read(JSON.parse(readFileSync(stage.report.file, 'utf8')));
    const isUnexplained = !succeeded && counted.failed === 0;
    const isEmpty = counted.passed + counted.failed === 0;
    if (!isUnexplained && !isEmpty) return counted;
    return { ...counted, failed: 1, broken: [`${stage.name}, outside of its tests`] };
  } catch {
    return { ...none, failed: 1, broken: [`${stage.name} left no report`] };
  }
}

const total = { passed: 0, failed: 0, skipped: 0 };
const flaky: string[] = [];
const broken: string[] = [];
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));

async function runLane(lane: readonly Stage[], beside = false): Promise<void> {
  for (const stage of lane) {
    if (only.length > 0 && !only.includes(stage.name)) continue;
    const startMs = Date.now();
    if (!beside) console.log(`\n── ${stage.name}`);
    const result = count(stage, await run(stage.args, beside));
    total.passed += result.passed;
    total.failed += result.failed;
    total.skipped += result.skipped;
    flaky.push(...result.flaky);
    broken.push(...result.broken);
    const seconds = Math.round((Date.now() - startMs) / 1000);
    console.log(`── ${stage.name}: ${result.passed} passed, ${result.failed} failed, ${seconds} s`);
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await Promise.all(readingLanes.map((lane) => runLane(lane, true)));
await Promise.all(testingLanes.map((lane) => runLane(lane, true)));
await runLane(wholeProduct);
if (flaky.length > 0) console.log(`\n${flaky.length} flaky: ${flaky.join('; ')}`);
if (broken.length > 0) console.log(`\n${['Failed:', ...broken].join('\n  ')}`);
if (total.skipped > 0) console.log(`\n${total.skipped} skipped; each says above what it needs.`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
