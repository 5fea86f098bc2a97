/** The kernel's loop in C, compiled here when a compiler is present, run on the same bytes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FRACTION, type MadeRun } from './made-run.ts';

export interface CResult {
  readonly medianMs: number;
  readonly roundTrips: number;
  readonly lastEquity: number;
}

export interface CRival {
  readonly run: (made: MadeRun, repetitions: number) => CResult;
  readonly close: () => void;
}

/** Null where neither cc, gcc nor clang is found. */
export function compileRival(): CRival | null {
  const folder = mkdtempSync(join(tmpdir(), 'offing-bench-'));
  const program = join(folder, 'kernel');
  const source = join(import.meta.dirname, 'kernel.c');
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
    rmSync(folder, { recursive: true });
    return null;
  }
  const written = new Map<MadeRun, string>();
  return {
    run(made, repetitions) {
      const job = written.get(made) ?? join(folder, `${made.name}.bin`);
      if (!written.has(made)) writeFileSync(job, jobBytes(made));
      written.set(made, job);
      return JSON.parse(execFileSync(program, [job, String(repetitions)]).toString()) as CResult;
    },
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** As the header of `kernel.c` describes it. */
function jobBytes({ kernelBars, signals, settings }: MadeRun): Uint8Array {
  const { cash, commission, spread, margin } = settings;
  const { stop, target } = signals;
  const columns = [
    BigInt64Array.of(BigInt(signals.length), BigInt(signals.warmupBars)),
    Float64Array.of(cash, commission.fixed, commission.rate, spread.rate, margin, FRACTION),
    kernelBars.bid,
    stop!.long,
    stop!.short,
    target!.long,
    target!.short,
    signals.entry,
    signals.exit,
  ];
  return Buffer.concat(
    columns.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    ),
  );
}
