import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestId } from './request-id.ts';

it('keeps a well-formed id of the client', () => {
  expect(requestId('trace-0123.abc')).toBe('trace-0123.abc');
});

it('gives every other request an id that is safe in a header and a log', () => {
  fc.assert(
    fc.property(fc.option(fc.string({ unit: 'binary' }), { nil: undefined }), (given) => {
      expect(requestId(given)).toMatch(/^[A-Za-z0-9._-]{8,64}$/);
    }),
  );
});
