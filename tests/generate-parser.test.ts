import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateParser } from './generate-parser.ts';

describe('the generated parser', () => {
  it.each(Object.entries(generateParser()))(
    '%s is that of the grammar (else run `node tests/generate-parser.ts`)',
    (name, text) => {
      const path = new URL(`../core/rules/${name}`, import.meta.url);
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});
