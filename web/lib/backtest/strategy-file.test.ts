import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultSettings } from '#core/execution/settings.ts';
import { fail, ok } from '#core/result.ts';
import { strategyFromText, strategyToJson } from './strategy-file.ts';

const trusting = () => ok(defaultSettings);

it('reads back the strategy it wrote', () => {
  const inputs = fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), fc.integer());
  fc.assert(
    fc.property(fc.string(), inputs, (source, values) => {
      const given = { name: 'Cross', source, inputs: { ...values }, settings: defaultSettings };
      const read = strategyFromText(strategyToJson(given), 'file', trusting);
      expect(read).toEqual(ok(given));
    }),
  );
});

it('takes a text that is not JSON for the rules themselves, named after the file', () => {
  const read = strategyFromText('enter long when close > open', 'my-rules', trusting);
  expect(read.ok && read.value).toMatchObject({ name: 'my-rules', settings: null });
});

it('never throws, and answers a fault in words, on any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const read = strategyFromText(text, 'file', trusting);
      if (!read.ok) expect(read.error).toMatch(/\.$/);
    }),
  );
});

it.each([
  ['{"kind":"other"}', 'not a strategy'],
  ['{"kind":"offing.strategy","version":2,"source":""}', 'newer version'],
  ['{"kind":"offing.strategy","version":1}', 'no rule text'],
  ['{"kind":"offing.strategy","version":1,"source":"","inputs":{"a":"1"}}', 'not all numbers'],
  ['{broken', 'cannot be read as JSON'],
  ['a\u0000b', 'not text'],
  ['  ', 'empty'],
])('refuses %s', (text, words) => {
  const read = strategyFromText(text, 'file', trusting);
  expect(!read.ok && read.error).toContain(words);
});

it('passes on why the settings are refused', () => {
  const text = '{"kind":"offing.strategy","version":1,"source":"","settings":{"cash":-1}}';
  const read = strategyFromText(text, 'file', () => fail({ detail: 'cash is above 0' }));
  expect(!read.ok && read.error).toContain('cash is above 0');
});

it('says what code is written in, and takes a file of TypeScript for code', () => {
  const written = { name: 'Mine', source: 'export function next() {}', language: 'code' } as const;
  const given = { ...written, inputs: {}, settings: defaultSettings };
  expect(strategyFromText(strategyToJson(given), 'file', trusting)).toEqual(ok(given));
  const read = strategyFromText(given.source, 'mine', trusting, 'code');
  expect(read.ok && read.value).toMatchObject({ name: 'mine', language: 'code' });
  const newer = strategyToJson(given).replace('"code"', '"other"');
  expect(strategyFromText(newer, 'file', trusting)).toMatchObject({ ok: false });
});
