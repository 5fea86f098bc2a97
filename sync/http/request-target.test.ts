import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequestTarget } from './request-target.ts';

describe('a request target', () => {
  it('is split at the first question mark', () => {
    expect(parseRequestTarget('/a/b?c=d?e')).toEqual({ pathname: '/a/b', query: 'c=d?e' });
    expect(parseRequestTarget('/')).toEqual({ pathname: '/', query: '' });
  });

  it.each([
    '',
    '*',
    'http://evil.example/',
    '//evil.example/',
    '/%zz',
    '/%',
    '/%00',
    '/a%0d%0aSet-Cookie:x',
    '/..',
    '/a/../b',
    '/%2e%2e/etc/passwd',
    '/..%2fetc',
    '/a/.',
    '/a\\b',
    '/%5c..%5c',
    '/a b',
    '/é',
    '/%c3%28',
  ])('is refused when it is %j', (target) => {
    expect(parseRequestTarget(target)).toBeNull();
  });

  it('never throws, and what it accepts stays below the root', () => {
    const target = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom('/', '..', '.', '%2e', '%2f', '%00', '%zz', 'a', '\\', '?'))
        .map((parts) => `/${parts.join('')}`),
    );
    fc.assert(
      fc.property(target, (text) => {
        const parsed = parseRequestTarget(text);
        if (!parsed) return;
        const segments = decodeURIComponent(parsed.pathname).split('/');
        expect(segments).not.toContain('..');
        expect(parsed.pathname.startsWith('/')).toBe(true);
        expect(parsed.pathname.startsWith('//')).toBe(false);
      }),
    );
  });
});
