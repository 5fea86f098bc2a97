/** Nobody is sent to another site after signing in. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextPath, signInPath } from './next-path.ts';

test.each([
  ['/security/#sessions', '/security/#sessions'],
  ['/backtest/?run=a%20b', '/backtest/?run=a%20b'],
  [null, '/'],
  ['', '/'],
  ['https://evil.example/', '/'],
  ['//evil.example/', '/'],
  ['/\\evil.example/', '/'],
  ['/\t/evil.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['/a/..//evil.example', '/'],
])('%s leads to %s', (asked, path) => {
  expect(nextPath(asked)).toBe(path);
});

test('whatever is asked for, a browser stays on this origin', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('/', '\\', '//', ':', '@', '\t', '\n', '..', 'http:', 'evil.example', '%2f'),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const path = nextPath(pieces.join(''));
      expect(new URL(path, 'https://offing.example').origin).toBe('https://offing.example');
      expect(nextPath(path)).toBe(path);
    }),
  );
});

test('the page one came from is where signing in leads back to', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webQueryParameters(), (path, query) => {
      const from = nextPath(`/page${path}?${query}`);
      const url = new URL(signInPath(from), 'https://offing.example');
      expect(nextPath(url.searchParams.get('next'))).toBe(from);
    }),
  );
});
