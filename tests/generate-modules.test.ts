import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compileAssembly } from './compile-assembly.ts';
import { modules } from './generate-modules.ts';

it.each(Object.entries(modules))(
  '%s is that of its source (else run `npm run generate`)',
  { timeout: 60_000 },
  async (path, module) => {
    const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
    expect(text).toBe(await compileAssembly(module));
    expect(text.length).toBeLessThan(10_000);
  },
);
