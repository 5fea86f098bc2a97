import { describe, expect, it } from 'vitest';
import { tokenScopes } from '#core/identity/token-scopes.ts';
import golden from '../../tests/golden/regression/api-v1.json' with { type: 'json' };
import { describeApi, operationOf } from './api-document.ts';
import { apiRoutes } from './api-routes.ts';

const document = describeApi();
const routes = apiRoutes();
const operations = routes.map((route) => ({ route, operation: operationOf(document, route) }));

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
}
const jsonOf = (place: unknown): Schema =>
  (place as { content: { 'application/json': { schema: Schema } } }).content['application/json']
    .schema;

/** Every object and list in the document, with the way to it. */
function everything(value: unknown, way = '#'): readonly (readonly [string, object])[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, each]) => everything(each, `${way}/${key}`));
  return [[way, value], ...inside];
}

const typeOf = ({ type, anyOf = [] }: Schema): string =>
  type === undefined ? anyOf.map(typeOf).join('|') : [type].flat().join('|');

/** The properties in a schema: `entries[].seq: integer`, with what may be left out marked. */
function propertiesIn(schema: Schema, way = ''): readonly string[] {
  const choices = (schema.anyOf ?? []).flatMap((each) => propertiesIn(each, way));
  const items = schema.items ? propertiesIn(schema.items, `${way}[]`) : [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => {
    const here = `${way === '' ? '' : `${way}.`}${name}`;
    const mark = schema.required?.includes(name) ? '' : '?';
    return [`${here}${mark}: ${typeOf(each)}`, ...propertiesIn(each, here)];
  });
  return [...choices, ...items, ...own];
}

describe('the description of the API', () => {
  it('is OpenAPI 3.1 with every reference leading somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info).toMatchObject({ title: 'Offing', version: '1' });
    expect(document.servers).toEqual([{ url: '/api/v1' }]);
    const references = everything(document).flatMap(([, value]) =>
      '$ref' in value ? [String(value.$ref)] : [],
    );
    expect(references.length).toBeGreaterThan(0);
    for (const reference of new Set(references)) {
      expect(everything(document).map(([way]) => way)).toContain(reference);
    }
  });

  it('has an operation for each procedure with a place, and no other', () => {
    const described = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(
      routes.length,
    );
  });

  it('leaves out what is for persons, admins and signing in', () => {
    expect(routes.filter(({ procedure }) => /^(auth|admin)\./.test(procedure))).toEqual([]);
    for (const { needs } of routes) {
      expect(['anyone', 'account']).toContain(needs.access);
      expect(needs.stepUp ?? needs.local).toBeUndefined();
      expect(needs.access === 'anyone').toBe(needs.scope === undefined);
    }
  });

  it('says of each operation what it needs, as the gate asks it', () => {
    for (const { route, operation } of operations) {
      const { scope } = route.needs;
      expect(operation.security).toEqual(scope ? [{ bearer: [scope] }] : []);
      expect(operation.description).toContain(scope ? `\`${scope}\`` : 'Needs no token.');
      expect(operation.summary).not.toBe('');
      expect(operation.tags).toHaveLength(1);
    }
    const used = operations.flatMap(({ route }) => route.needs.scope ?? []);
    expect(tokenScopes.filter((scope) => !used.includes(scope))).toEqual([]);
  });

  it('declares every refusal with its body, and how long to wait', () => {
    for (const { route, operation } of operations) {
      const statuses = Object.keys(operation.responses ?? {});
      expect(statuses).toEqual(expect.arrayContaining(['200', '429', '500', '503']));
      const forTokens = statuses.filter((status) => status === '401' || status === '403');
      expect(forTokens).toHaveLength(route.needs.access === 'anyone' ? 0 : 2);
      expect(statuses.includes('415')).toBe(operation.requestBody !== undefined);
    }
    const responses = document.components?.responses ?? {};
    for (const response of Object.values(responses)) {
      expect(jsonOf(response)).toEqual({ $ref: '#/components/schemas/Refusal' });
    }
    expect(responses['TooManyCalls']).toHaveProperty(['headers', 'Retry-After']);
    const refusal = document.components?.schemas?.['Refusal'] as Schema;
    expect(propertiesIn(refusal)).toContain('error.data.failure: string');
  });

  it('closes inputs, and leaves answers open to more', () => {
    for (const { operation } of operations) {
      expect(JSON.stringify(operation.responses)).not.toContain('"additionalProperties":false');
      if (!operation.requestBody) continue;
      expect(jsonOf(operation.requestBody)).toMatchObject({ additionalProperties: false });
    }
  });

  it('has not changed for the programs that rely on it', () => {
    const now = operations.map(({ route, operation }) => ({
      call: `${route.method} ${route.path}`,
      operationId: operation.operationId,
      scope: route.needs.scope ?? null,
      query: (operation.parameters ?? []).map((parameter) =>
        'name' in parameter
          ? `${parameter.name}${parameter.required ? '' : '?'}: ${typeOf(parameter.schema as Schema)}`
          : '',
      ),
      body: operation.requestBody ? propertiesIn(jsonOf(operation.requestBody)) : [],
      answer: propertiesIn(jsonOf(operation.responses!['200'])),
    }));
    expect(now).toEqual(golden.operations);
  });
});
