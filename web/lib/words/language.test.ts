import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, string>();
beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => {
  kept.clear();
  vi.unstubAllGlobals();
  // What comes after speaks English.
  vi.resetModules();
});

const keep = (messages: unknown) =>
  kept.set('offing.messages', JSON.stringify({ code: 'id', from: '/id.1.json', messages }));

test('without messages a phrase is said as it stands, with what is filled in', async () => {
  const { say, spoken } = await import('./language.ts');
  expect(spoken).toBeNull();
  expect(say`Buy ${0.1} lots of ${'EURUSD'}${null}${undefined}.`).toBe('Buy 0.1 lots of EURUSD.');
});

test('a message is said in its own order, and what has none in English', async () => {
  keep({ '{0} of {1} bars': 'dari {1} bar, {0}' });
  const { say } = await import('./language.ts');
  const shown = (count: number, all: number) => say`${count} of ${all} bars`;
  expect([shown(1, 2), shown(3, 4)]).toEqual(['dari 2 bar, 1', 'dari 4 bar, 3']);
  expect(say`Not in the file`).toBe('Not in the file');
});

test('what is filled in is no message, and no mark', async () => {
  keep({ 'Note {0}': 'Catatan {0}', constructor: 'pembuat' });
  const { say, sayKnown } = await import('./language.ts');
  expect(say`Note ${'{0} $& Note {0}'}`).toBe('Catatan {0} $& Note {0}');
  expect([sayKnown('constructor'), sayKnown('toString')]).toEqual(['pembuat', 'toString']);
});

test('units of time are said in the language, in any order of loading', async () => {
  keep({ 'y mo d h min s': 'th bln hr j mnt dtk', '{0} ms': '{0} md' });
  const { durationText } = await import('./times.ts');
  expect([3.5 * 86_400_000, 90_000, 40].map(durationText)).toEqual([
    ...['3 hr 12 j', '1 mnt 30 dtk', '40 md'],
  ]);
});

test('days and months of a calendar are written as the language does', async () => {
  const english = await import('./dates.ts');
  expect(english.dayTitle('2026-08-17')).toBe('Monday, August 17, 2026');
  keep({ Buy: 'Beli' });
  vi.resetModules();
  const { dayTitle, monthTitle, monthName } = await import('./dates.ts');
  expect([dayTitle('2026-08-17'), monthTitle('2026-05'), monthName('2026-05')]).toEqual([
    ...['Senin, 17 Agustus 2026', 'Mei 2026', 'Mei'],
  ]);
});

test('what tables and files write is the same in every language', async () => {
  keep({ Buy: 'Beli' });
  const { timeText, daysText } = await import('./times.ts');
  const ms = Date.UTC(2026, 7, 17, 9, 5);
  expect([timeText(ms, 'utc'), daysText(ms, ms)]).toEqual(['2026-08-17 09:05', '2026-08-17']);
});

test.each([[null], ['text'], [[]], [{ a: 1 }]])(
  'damaged messages %j are none',
  async (messages) => {
    keep(messages);
    const { say, spoken } = await import('./language.ts');
    expect([spoken, say`a`]).toEqual([null, 'a']);
  },
);

test('a language is kept from its file once, and English needs none', async () => {
  const { bringLanguage } = await import('./choose-language.ts');
  const fetched = vi.fn(() => Promise.resolve(new Response('{"Buy":"Beli"}')));
  vi.stubGlobal('fetch', fetched);
  expect(await bringLanguage('id')).toBe(true);
  vi.resetModules();
  const { say } = await import('./language.ts');
  expect(say`Buy`).toBe('Beli');
  const next = await import('./choose-language.ts');
  expect(await next.bringLanguage('id')).toBe(true);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(await next.bringLanguage('en')).toBe(true);
  expect(kept.size).toBe(0);
});

test.each([
  ['no network', () => Promise.reject(new TypeError('no network'))],
  ['an error page', () => Promise.resolve(new Response('<html>', { status: 200 }))],
  ['a missing file', () => Promise.resolve(new Response('{}', { status: 404 }))],
])('with %s the language stays as it was', async (_, answer) => {
  keep({ Buy: 'Beli' });
  const before = kept.get('offing.messages');
  vi.stubGlobal('fetch', answer);
  const { keepMessages } = await import('./language.ts');
  keepMessages({ code: 'id', from: '/an/older/file.json', messages: { Buy: 'Beli' } });
  const older = kept.get('offing.messages');
  vi.resetModules();
  const { bringLanguage } = await import('./choose-language.ts');
  expect(await bringLanguage('id')).toBe(false);
  expect(kept.get('offing.messages')).toBe(older);
  expect(older).not.toBe(before);
});
