/** Compiles the WASM kernel into the module that carries its bytes: run after every change of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const room = new URL('../workers/kernel/', import.meta.url);
const root = join(import.meta.dirname, '..');

/** The generated source, as it belongs beside the loader. */
export async function generateKernel(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-kernel-'));
  try {
    const file = join(folder, 'kernel.wasm');
    const { error, stderr } = await asc.main([
      join('workers', 'kernel', 'assembly', 'kernel.ts'),
      ...['--baseDir', root, '--outFile', file],
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub'],
      ...['--importMemory', '--enable', 'simd'],
    ]);
    if (error) throw new Error(stderr.toString(), { cause: error });
    const text = readFileSync(file).toString('base64');
    return [
      '/** The WASM kernel of `assembly/`, compiled: written by tests/generate-kernel.ts. */',
      `export const kernelBase64 =\n  '${text}';`,
      '',
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) {
  writeFileSync(new URL('kernel.gen.ts', room), await generateKernel());
}
