/** A compiled WASM module of this thread, or none where the platform cannot run it. */

/** Null without WebAssembly, without its SIMD, or where a content policy forbids it. */
export function compileModule(base64: string): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return null;
  }
}
