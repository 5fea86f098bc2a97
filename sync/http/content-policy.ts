/** The Content-Security-Policy of the built pages: their own inline scripts by hash, no other. */
import { createHash } from 'node:crypto';

const inlineScript = /<script(?![^>]*\ssrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi;

/** Hash sources of every inline script in the pages, each once, in a stable order. */
export function inlineScriptHashes(pages: readonly string[]): readonly string[] {
  const hashes = pages.flatMap((page) =>
    [...page.matchAll(inlineScript)].map(([, script]) => hashSource(script!)),
  );
  return [...new Set(hashes)].sort();
}

/**
 * One header value for all pages.
 *
 * WebAssembly may be compiled, text may not be evaluated. Inline styles are allowed because the
 * chart and the editor set them. Workers come from our own files alone. Besides the server only
 * `sockets` can be talked to.
 */
export function contentPolicy(
  scriptHashes: readonly string[],
  sockets: readonly string[] = [],
): string {
  const directives = {
    'default-src': "'self'",
    'script-src': ["'self'", "'wasm-unsafe-eval'", ...scriptHashes].join(' '),
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'connect-src': ["'self'", ...sockets].join(' '),
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

function hashSource(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
