/**
 * The Expert Advisor as a program of this machine: rewritten to C++, compiled with the sanitizers
 * for addresses and undefined behaviour, and kept by what went into it.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { rewriteMql5 } from './mql5-rewrite.ts';

const here = import.meta.dirname;
const root = join(here, '..', '..');
export const programPath = join(root, 'mt5', 'Offing.mq5');
const kept = join(root, '.cache', 'mt5');
const lock = join(kept, 'lock');
/** Some twenty seconds of work, on a machine that may have others to do. */
export const compileLimitMs = 600_000;
const flags = [
  '-std=c++20',
  '-O1',
  '-Wall',
  '-Wextra',
  '-Werror',
  '-Wno-unused-function',
  '-Wno-unused-parameter',
  '-Wno-sign-compare',
  '-Wno-misleading-indentation',
  '-fsanitize=address,undefined',
  '-fno-sanitize-recover=all',
];

/** Whether this machine has a compiler of C++. */
export function hasCompiler(): boolean {
  return spawnSync('g++', ['--version'], { stdio: 'ignore' }).status === 0;
}

let place: string | null = null;

/** Where the program is, or will be. */
export function compiledTerminal(): string {
  if (place) return place;
  const parts = readdirSync(here)
    .filter((name) => /\.(hpp|cpp)$/.test(name))
    .sort()
    .map((name) => readFileSync(join(here, name), 'utf8'));
  const version = execFileSync('g++', ['-dumpfullversion']).toString();
  const content = [rewritten(), ...parts, flags.join(' '), version, process.arch].join('\0');
  place = join(kept, createHash('sha256').update(content).digest('hex').slice(0, 24));
  return place;
}

/** Compiles it unless that was done, once, however many test files ask; nothing without a compiler. */
export async function makeTerminal(): Promise<void> {
  if (!hasCompiler()) return;
  await mkdir(kept, { recursive: true });
  while (!existsSync(compiledTerminal())) {
    const isOurs = await writeFile(lock, '', { flag: 'wx' }).then(
      () => true,
      () => false,
    );
    if (isOurs) return compile().finally(() => rm(lock, { force: true }));
    await wait(100);
    // Left behind by one that was killed.
    const since = await stat(lock).catch(() => null);
    if (since && Date.now() - since.mtimeMs > compileLimitMs) await rm(lock, { force: true });
  }
}

async function compile(): Promise<void> {
  const old = (await readdir(kept)).filter((name) => join(kept, name) !== lock);
  for (const name of old) await rm(join(kept, name), { recursive: true, force: true });
  const folder = await mkdtemp(join(kept, 'making-'));
  await writeFile(join(folder, 'program.gen.cpp'), rewritten());
  const made = join(folder, 'terminal');
  const inputs = ['-I', folder, '-I', here, join(here, 'terminal.cpp'), '-o', made];
  await promisify(execFile)('g++', [...flags, ...inputs]);
  await rename(made, compiledTerminal());
  await rm(folder, { recursive: true, force: true });
}

const rewritten = () => rewriteMql5(readFileSync(programPath, 'utf8'), programPath);
