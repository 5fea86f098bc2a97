/** Reading a code strategy: what is left of its types, which inputs it has, what is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCode } from './read-code.ts';

const next = 'export function next(ctx: Context): void {}';
const reasons = (source: string) =>
  readCode(source).problems.map(({ line, column, reason }) => `${line}:${column} ${reason}`);

describe('types', () => {
  test.each([
    ['const a: number = 1;', 'const a         = 1;'],
    ['const b = (x as unknown as number)!;', 'const b = (x                     ) ;'],
    ['const c = v satisfies T;', 'const c = v            ;'],
    ['const d = a!.b;', 'const d = a .b;'],
    ['function f<T extends A>(a?: T): a is B {}', 'function f             (a    )         {}'],
    ['const m = new Map<string, number>();', 'const m = new Map                ();'],
    ['interface A { a: number }', ';                        '],
    ['type B = A | null;', ';                 '],
    ['declare const x: number;', ';                       '],
    ['export type { U };', ';                 '],
    ['class C<T> extends D<T> implements A {}', 'class C    extends D                 {}'],
    ['class E { private readonly q: number = 1 }', 'class E {                  q         = 1 }'],
    ['try {} catch (e: unknown) {}', 'try {} catch (e         ) {}'],
    ['function over(a: number): void;', ';                              '],
    ['function g(this: A, a: string) {}', 'function g(         a        ) {}'],
    ['const t = a ? b : !c, u = a !== b;', 'const t = a ? b : !c, u = a !== b;'],
  ])('are blanked out of %s', (typescript, javascript) => {
    expect(readCode(`${typescript}\n${next}`).program?.javascript.split('\n')[0]).toBe(javascript);
  });

  test('leave every other character where it was', () => {
    const { program } = readCode(`interface A {\n  a: number;\n}\n${next}`);
    expect(program?.javascript).toHaveLength(`interface A {\n  a: number;\n}\n${next}`.length);
    expect(program?.javascript.split('\n')).toHaveLength(4);
  });
});

describe('inputs', () => {
  test('are read without running the text', () => {
    const source = `export const inputs = { fast: 10, slow: { default: 30, min: -5, max: 90, step: 5 } } as const;
${next}`;
    expect(readCode(source).program?.inputs).toEqual([
      { name: 'fast', default: 10 },
      { name: 'slow', default: 30, min: -5, max: 90, step: 5 },
    ]);
  });

  test.each([
    ['{ fast: period }', '1:31 The input fast needs a number within its range.'],
    ['{ a: { default: 3, min: 5 } }', '1:28 The input a needs a number within its range.'],
    ['{ a: 1, A: 2 }', '1:31 The input A is declared twice.'],
    ['{ a: { default: 3, most: 5 } }', '1:42 The input a has no such part.'],
  ])('that are no numbers are refused: %s', (inputs, reason) => {
    expect(reasons(`export const inputs = ${inputs};\n${next}`)).toContain(reason);
  });
});

describe('what cannot be run', () => {
  test.each([
    ["import fs from 'fs';", '2:1 A strategy cannot import: it is one text by itself.'],
    ["const f = () => import('x');", '2:17 A strategy cannot import: it is one text by itself.'],
    ['enum E { a }', '2:1 An enum is more than types.'],
    ['const u = import.meta.url;', '2:11 A strategy is not loaded from anywhere.'],
    ['const a = await b;', '2:11 A strategy cannot wait: each bar is answered at once.'],
    ['const b = 1 +;', '2:14 Something is missing before ;.'],
    ['class P { constructor(public a: number) {} }', '2:23 A parameter cannot make a field.'],
  ])('is named with its place: %s', (line, reason) => {
    expect(reasons(`${next}\n${line}`)).toContain(reason);
  });

  test('is a text that exports no next', () => {
    expect(reasons('export function init() {}')).toEqual([
      '1:1 A strategy exports a function called next.',
    ]);
    expect(reasons('const next = () => {}; export { next }')).toEqual([]);
    expect(reasons('export const next = () => {}')).toEqual([]);
  });

  test('never makes the reader throw, and nothing is run while a problem is an error', () => {
    const pieces = fc.constantFrom(
      next,
      '{',
      '}',
      '(',
      'as ',
      '<T>',
      ': number',
      '!',
      'import ',
      '`',
      '\n',
      'class A',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        const source = parts.join('');
        const { program, problems } = readCode(source);
        const wrong = problems.some(({ severity }) => severity === 'error');
        expect(program === null).toBe(wrong);
        if (program) expect(program.javascript).toHaveLength(source.length);
      }),
    );
  });
});
