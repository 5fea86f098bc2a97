/** The Expert Advisor keeps to what MQL5 and C++ both take, and what breaks that is found. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { programPath } from './compiled-terminal.ts';
import { lintMql5 } from './mql5-lint.ts';

test('the Expert Advisor keeps to what both languages take', () => {
  expect(lintMql5(readFileSync(programPath, 'utf8'))).toEqual([]);
});

test.each([
  'void F(void) { bool a = true and false; }',
  'void F(void) { int a[2][3]; }',
  'struct S { int a; };\nvoid F(void) { S *p; }',
  'void F(void) { p->a = 1; }',
  'void F(void) { auto x = 1; }',
  'struct S {\n  int a:3;\n};',
  'void F(void) { int x{5}; }',
  'void F(void) { int x = static_cast<int>(1.5); }',
  'enum class E { A, B };',
  'void F(void) { goto x; }',
  '#if 1\n#endif',
  '#pragma once',
  'void F(void) { if(int x = 1) Print(x); }',
  'struct S {\n  int a = 5;\n};',
  'void F(void) { int y = [&](){ return 1; }(); }',
  'void F(void) { long long x = 1; }',
  '// caf\u00e9',
  'void F(void) { string s = nullptr; }',
  'void F(void) { int a[]; for(int x : a) Print(x); }',
  'void F(void) { string s = R"(x)"; }',
  'void F(void) { int a = 1; int &b = a; }',
  'int g = 0;\nint &F(void) { return(g); }',
  'struct S { int a; };\nS Make(void) { S s; return(s); }\nvoid F(const S &s) { }\nvoid G(void) { F(Make()); }',
  'void F(void) { size_t x = 1; }',
  'int G(void) { return(1); }\nvoid F(void) { static int x = G(); }',
  'void F(void) { std::vector<int> v; }',
  'struct S { int a; };\nvoid F(S s) { }',
  'void F(int a[]) { }',
  'template<typename T> T Max(T a, T b) { return(a > b ? a : b); }',
  'class C {\n  int a;\n  void F(void) { this.a = 1; }\n};',
  'void F(void) { try { } catch(int e) { } }',
  'void F(void) { unsigned int x = 1; }',
  '#define LOG(...) Print(__VA_ARGS__)',
  'void F(void) { int x; x = 1; }',
])('finds what MQL5 does not take in %j', (source) => {
  expect(lintMql5(source)).not.toEqual([]);
});
