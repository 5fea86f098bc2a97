/** AssemblyScript compiled into a module of TypeScript that carries the bytes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');

export interface AssemblyModule {
  /** What the generated file says of itself first. */
  readonly about: string;
  /** Source, from the root. */
  readonly entry: string;
  /** Name of the constant that holds the bytes in base64. */
  readonly constant: string;
}

/** The text of the generated file. Throws with the compiler's words where the source is wrong. */
export async function compileAssembly({ about, entry, constant }: AssemblyModule): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-assembly-'));
  try {
    const file = join(folder, 'module.wasm');
    const { error, stderr } = await asc.main([
      entry,
      ...['--baseDir', root, '--outFile', file],
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub'],
      ...['--importMemory', '--enable', 'simd'],
    ]);
    if (error) throw new Error(stderr.toString(), { cause: error });
    const text = readFileSync(file).toString('base64');
    return [`/** ${about} */`, `export const ${constant} =\n  '${text}';`, ''].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
