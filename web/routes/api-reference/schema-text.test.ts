import { describe, expect, it } from 'vitest';
import { limitsText, schemaText, type Schema } from './schema-text.ts';

describe('a schema in words', () => {
  it('is a line for each property, with what may be left out and what a value must be', () => {
    const schema: Schema = {
      type: 'object',
      required: ['name', 'entries'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 80, description: 'Shown to people' },
        limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
        entries: {
          type: 'array',
          items: {
            type: 'object',
            required: ['atMs'],
            properties: { atMs: { type: 'integer', minimum: -Number.MAX_SAFE_INTEGER } },
          },
        },
      },
    };
    expect(schemaText(schema)).toBe(
      [
        '{',
        '  name: string  // Shown to people; at least 1 character, at most 80 characters',
        '  limit?: integer  // 1 to 200, default 50',
        '  entries: {',
        '    atMs: integer',
        '  }[]',
        '}',
      ].join('\n'),
    );
  });

  it.each<[string, Schema]>([
    ['string | null', { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    ['string | number', { type: ['string', 'number'] }],
    ['(string | number)[]', { type: 'array', items: { type: ['string', 'number'] } }],
    ["'you' | 'server'", { enum: ['you', 'server'] }],
    ['{ [name]: boolean }', { type: 'object', additionalProperties: { type: 'boolean' } }],
    ['{}', { type: 'object', properties: {} }],
    ['anything', {}],
  ])('is %s', (text, schema) => expect(schemaText(schema)).toBe(text));

  it('breaks a long choice into lines', () => {
    const names = Array.from({ length: 30 }, (_, at) => `action.number-${at}`);
    const lines = schemaText({ enum: names }).split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line.length).toBeLessThan(72);
    for (const name of names) expect(lines.join('')).toContain(`'${name}'`);
  });

  it('names a bound on one side', () => {
    expect(limitsText({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toBe('at least 0');
    expect(limitsText({ maximum: 9 })).toBe('at most 9');
    expect(limitsText({ format: 'uuid' })).toBe('uuid');
  });
});
