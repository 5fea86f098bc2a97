import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentPolicy, inlineScriptHashes } from './content-policy.ts';

const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

describe('the content policy', () => {
  it('allows each inline script of the pages once, by its hash', () => {
    const one = '<html><script>\n  start();\n</script><script type="module">more()</script></html>';
    const two = '<html><script>\n  start();\n</script></html>';
    expect(inlineScriptHashes([one, two])).toEqual([hash('\n  start();\n'), hash('more()')].sort());
  });

  it('gives no hash to scripts that come from files', () => {
    expect(
      inlineScriptHashes(['<script src="/a.js"></script><script async src=b.js></script>']),
    ).toEqual([]);
  });

  it('lets no other text become a script', () => {
    const policy = contentPolicy(["'sha256-x'"]);
    const scripts = policy.split('; ').find((directive) => directive.startsWith('script-src'));
    expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval' 'sha256-x'");
    expect(policy).not.toMatch(/[^-]unsafe-eval/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
  });
});
