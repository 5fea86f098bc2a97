/** Compiles the WASM modules beside the kernel, each in the room that uses it. */
import { writeFileSync } from 'node:fs';
import { compileAssembly, type AssemblyModule } from './compile-assembly.ts';

/** By the path of the generated file. */
export const modules: Readonly<Record<string, AssemblyModule>> = {
  'workers/import/rows.gen.ts': {
    about: '`assembly/rows.ts`, compiled: written by tests/generate-modules.ts.',
    entry: 'workers/import/assembly/rows.ts',
    constant: 'rowsBase64',
  },
  'workers/optimise/order-paths.gen.ts': {
    about: '`assembly/order-paths.ts`, compiled: written by tests/generate-modules.ts.',
    entry: 'workers/optimise/assembly/order-paths.ts',
    constant: 'orderPathsBase64',
  },
};

if (import.meta.main) {
  for (const [path, module] of Object.entries(modules)) {
    writeFileSync(new URL(`../${path}`, import.meta.url), await compileAssembly(module));
  }
}
