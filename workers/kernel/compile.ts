/** The compiled WASM kernel of this thread, or none where the platform cannot run it. */
import { kernelBase64 } from './kernel.gen.ts';

/** Null without WebAssembly, without its SIMD, or where a content policy forbids it. */
export function compileKernel(): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(kernelBase64), (letter) => letter.charCodeAt(0));
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}
