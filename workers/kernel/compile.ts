/** The compiled WASM kernel of this thread, or none where the platform cannot run it. */
import { compileModule } from './compile-module.ts';
import { kernelBase64 } from './kernel.gen.ts';

/** Null without WebAssembly, without its SIMD, or where a content policy forbids it. */
export function compileKernel(): WebAssembly.Module | null {
  return compileModule(kernelBase64);
}
