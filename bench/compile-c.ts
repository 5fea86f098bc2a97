/** A rival in C, compiled where a compiler is present. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CProgram {
  /** What it prints, given a file of these bytes and more arguments. */
  readonly run: (...words: readonly string[]) => string;
  readonly close: () => void;
}

/** `source` ready to run on `input`; null where neither cc, gcc nor clang is found. */
export function compileC(source: string, input: Uint8Array): CProgram | null {
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  const close = () => rmSync(folder, { recursive: true });
  const program = join(folder, 'rival');
  const file = join(folder, 'input');
  // Without contraction a fused multiply-add cannot round otherwise than we do.
  const flags = ['-O3', '-ffp-contract=off', '-o', program, source, '-lm'];
  const compiled = ['cc', 'gcc', 'clang'].some((compiler) => {
    try {
      execFileSync(compiler, flags, { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (!compiled) {
    close();
    return null;
  }
  writeFileSync(file, input);
  return { run: (...words) => execFileSync(program, [file, ...words]).toString(), close };
}
