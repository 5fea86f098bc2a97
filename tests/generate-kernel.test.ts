import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generateKernel } from './generate-kernel.ts';

it(
  'the compiled kernel is that of its source (else run `node tests/generate-kernel.ts`)',
  { timeout: 60_000 },
  async () => {
    const path = new URL('../workers/kernel/kernel.gen.ts', import.meta.url);
    const text = readFileSync(path, 'utf8');
    expect(text).toBe(await generateKernel());
    expect(text.length).toBeLessThan(40_000);
  },
);
