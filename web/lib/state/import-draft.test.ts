/** What is asked about a file before it is imported. */
import { expect, test } from 'vitest';
import type { ImportPreview } from '#workers/import/api.ts';
import {
  columnFault,
  draftOf,
  followPreview,
  isAlike,
  isDateAmbiguous,
  requestOf,
  takeAnswers,
} from './import-draft.ts';

const preview: ImportPreview = {
  format: 'mt5',
  separator: '\t',
  columns: (['date', 'timeOfDay', 'open', 'high', 'low', 'close', 'tickVolume'] as const).map(
    (role) => ({ header: `<${role}>`, role }),
  ),
  rows: [['2024.01.02', '00:00:00', '1.1', '1.2', '1.0', '1.15', '40']],
  symbol: 'EURUSD',
  timeframe: null,
  statedZone: null,
  suggestedZone: 'America/New_York+07:00',
  dateOrder: 'ymd',
  bytes: 900,
};

test('what the file suggests is asked for with these answers filled in', () => {
  const draft = draftOf(preview);
  expect(draft).toMatchObject({ symbol: 'EURUSD', timeframe: '', zone: 'America/New_York+07:00' });
  expect(requestOf('a', preview, { ...draft, symbol: ' EURUSD ' })).toMatchObject({
    importId: 'a',
    symbol: 'EURUSD',
    timeframe: null,
    onConflict: 'keep',
  });
});

test('a zone that the file states wins over the usual one', () => {
  expect(draftOf({ ...preview, statedZone: 'UTC' }).zone).toBe('UTC');
});

test('answers that were only suggested follow the columns, those chosen stay', () => {
  const unread: ImportPreview = { ...preview, statedZone: null, suggestedZone: 'UTC' };
  const rows = [['20.03.2021', '00:00:00', '1.1', '1.2', '1.0', '1.15', '40']];
  const read: ImportPreview = { ...unread, rows, dateOrder: 'dmy', timeframe: 'H1' };
  const draft = draftOf(unread);
  expect(followPreview(draft, unread, read)).toEqual({
    zone: 'UTC',
    dateOrder: 'dmy',
    timeframe: 'H1',
  });
  const chosen = { ...draft, zone: 'Europe/London', dateOrder: 'mdy' as const, timeframe: 'M5' };
  expect(followPreview(chosen, unread, read)).toEqual({
    zone: 'Europe/London',
    dateOrder: 'mdy',
    timeframe: 'M5',
  });
  expect(followPreview(chosen, unread, { ...read, statedZone: 'UTC' }).zone).toBe('UTC');
});

test('one answer serves files of the same columns, each under its own symbol', () => {
  const other: ImportPreview = { ...preview, symbol: 'GBPUSD', timeframe: 'M5' };
  expect(isAlike(preview, other)).toBe(true);
  expect(isAlike(preview, { ...other, columns: other.columns.slice(1) })).toBe(false);
  const answered = { ...draftOf(preview), zone: 'Europe/London', onConflict: 'replace' as const };
  expect(takeAnswers(draftOf(other), answered)).toMatchObject({
    symbol: 'GBPUSD',
    timeframe: 'M5',
    zone: 'Europe/London',
    onConflict: 'replace',
  });
});

test('columns that make no bar are named', () => {
  const roles = draftOf(preview).roles;
  expect(columnFault(roles)).toBeNull();
  expect(columnFault(roles.map((role) => (role === 'close' ? 'ignore' : role)))).toBe(
    'Missing: close.',
  );
  expect(columnFault(roles.map((role) => (role === 'high' ? 'open' : role)))).toMatch(
    /Two columns/,
  );
  expect(columnFault(['open', 'high', 'low', 'close'])).toBe('No column holds the time.');
  expect(columnFault([...roles, 'askOpen'])).toMatch(/all four/);
});

test('only days whose order is open are asked about', () => {
  expect(isDateAmbiguous(preview)).toBe(false);
  const rows = [['03/04/2024', '00:00', '1', '1', '1', '1', '1']];
  expect(isDateAmbiguous({ ...preview, rows })).toBe(true);
});
