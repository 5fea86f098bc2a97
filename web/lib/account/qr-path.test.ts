/** The drawn path covers exactly the dark modules. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

function drawn(path: string, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(width); at++) modules[Number(y)]![Number(x) + at] = true;
  }
  return modules;
}

test('reading the path back gives the modules', () => {
  const modules = fc.integer({ min: 1, max: 12 }).chain((size) =>
    fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  );
  fc.assert(
    fc.property(modules, (each) => {
      expect(drawn(qrPath(each), each.length)).toEqual(each);
    }),
  );
});
