import { expect, test } from 'vitest';
import { errorWords } from './errors.ts';

const told = (figures?: Record<string, string | number>) =>
  errorWords({ code: 'server.request-invalid', detail: '', ...(figures ? { figures } : {}) });

test('a refused field is named, with what it takes', () => {
  expect(told({ field: 'volumeLots', rule: 'too_small', limit: 0, of: 'number', open: 1 })).toEqual(
    { what: 'The server does not take the volume', then: 'It must be above 0.', detail: '' },
  );
  expect(told({ field: 'price', rule: 'too_big', limit: 1e9, of: 'number', open: 0 }).then).toBe(
    'It must be at most 1,000,000,000.',
  );
  expect(told({ field: 'note', rule: 'too_big', limit: 64, of: 'string', open: 0 }).then).toBe(
    'It must have at most 64 characters.',
  );
  expect(told({ field: 'side', rule: 'invalid_value', of: 'buy, sell' }).then).toBe(
    'It must be one of these: buy, sell.',
  );
  expect(told({ field: 'defaultStopRatio', rule: 'custom' })).toMatchObject({
    what: 'The server does not take the default stop ratio',
    then: 'Change it, then try again.',
  });
});

test('what names no field may be of an older page', () => {
  expect(told().then).toContain('Reload the page');
  expect(told({}).then).toContain('Reload the page');
});
