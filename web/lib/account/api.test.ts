/** What a server says of a failure becomes a value; what is no server of ours, too. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFailure } from './api.ts';

test('a failure carries its code and figures, and how long to wait', () => {
  expect(
    readFailure({ failure: 'limits.too-many-calls', figures: { retryAfterMs: 4_200 } }),
  ).toMatchObject({ code: 'limits.too-many-calls', retryAfterMs: 4_200 });
  expect(readFailure({ failure: 'auth.code-wrong', figures: { left: 2 } })).toEqual({
    code: 'auth.code-wrong',
    detail: '',
    figures: { left: 2 },
  });
});

test('an answer that is not in the server’s words is no server', () => {
  fc.assert(
    fc.property(fc.anything(), (data) => {
      const said = (data as { failure?: unknown } | null | undefined)?.failure;
      fc.pre(typeof said !== 'string');
      expect(readFailure(data).code).toBe('server.unavailable');
    }),
  );
});

test('figures that are neither text nor numbers are left out', () => {
  const { figures } = readFailure({ failure: 'server.failed', figures: { a: 1, b: {}, c: null } });
  expect(figures).toEqual({ a: 1 });
});
