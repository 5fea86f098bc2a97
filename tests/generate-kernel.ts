/** Compiles the WASM kernel into the module that carries its bytes: run after every change of it. */
import { writeFileSync } from 'node:fs';
import { compileAssembly } from './compile-assembly.ts';

/** The generated source, as it belongs beside the loader. */
export function generateKernel(): Promise<string> {
  return compileAssembly({
    about: 'The WASM kernel of `assembly/`, compiled: written by tests/generate-kernel.ts.',
    entry: 'workers/kernel/assembly/kernel.ts',
    constant: 'kernelBase64',
  });
}

if (import.meta.main) {
  const room = new URL('../workers/kernel/', import.meta.url);
  writeFileSync(new URL('kernel.gen.ts', room), await generateKernel());
}
