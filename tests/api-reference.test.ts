/** The page about the API against the document that the server makes. */
import { describe, expect, test } from 'vitest';
import { describeApi } from '../sync/http/api-document.ts';
import { apiRoutes } from '../sync/http/api-routes.ts';
import { readApi } from '../web/routes/api-reference/api-description.ts';
import { exampleText } from '../web/routes/api-reference/call-examples.ts';
import { schemaText } from '../web/routes/api-reference/schema-text.ts';

const groups = readApi(JSON.parse(JSON.stringify(describeApi())));
const shown = groups.flatMap(({ operations }) => operations);

describe('the page about the API', () => {
  test('shows every operation with what it needs', () => {
    expect(shown.map(({ method, path, scopes }) => ({ method, path, scopes }))).toEqual(
      apiRoutes().map(({ method, path, needs }) => ({
        method,
        path: `/api/v1${path}`,
        scopes: needs.scope ? [needs.scope] : [],
      })),
    );
  });

  test('shows what goes in, what comes back and every refusal in words', () => {
    for (const operation of shown) {
      expect(operation.summary).not.toBe('');
      expect(operation.answer).not.toBeNull();
      expect(schemaText(operation.answer!)).toMatch(/^\{\n {2}\w+: /);
      expect(operation.body !== null).toBe(/P(U|OS|ATCH)/.test(operation.method));
      expect(operation.refusals.map(({ description }) => description)).not.toContain('');
      expect(operation.refusals.length).toBeGreaterThan(2);
    }
    const audit = shown.find(({ path }) => path === '/api/v1/audit');
    expect(audit?.parameters.map(({ name, required }) => [name, required])).toEqual([
      ['beforeSeq', false],
      ['limit', false],
    ]);
  });

  test('gives a call on the command line with the token and the body it needs', () => {
    const change = shown.find(({ id }) => id === 'account-updateProfile')!;
    expect(exampleText('curl', change, 'http://localhost:5170')).toBe(
      [
        "curl -X PATCH 'http://localhost:5170/api/v1/profile' \\",
        '  -H "Authorization: Bearer $OFFING_TOKEN" \\',
        "  -H 'Content-Type: application/json' \\",
        `  -d '{"displayName":"text"}'`,
      ].join('\n'),
    );
    expect(exampleText('javascript', change, '')).toContain(
      "  body: JSON.stringify({ displayName: 'text' }),\n",
    );
    const about = shown.find(({ id }) => id === 'system-about')!;
    expect(exampleText('curl', about, '')).toBe("curl '/api/v1/about'");
  });

  test('is empty rather than broken for what is no description', () => {
    for (const strange of [null, 'x', [], {}, { paths: { '/a': null } }, { paths: 3 }]) {
      expect(readApi(strange)).toEqual([]);
    }
    expect(readApi({ paths: { '/a': { get: null } } })).toHaveLength(1);
  });
});
