/** What the page shows of the server's OpenAPI document; what is not understood is left out. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Schema } from './schema-text.ts';
import { say } from '#lib/words/language.ts';

export interface ApiParameter {
  readonly name: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description: string;
}

export interface ApiOperation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** With the base: `/api/v1/profile`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly needsToken: boolean;
  readonly scopes: readonly string[];
  readonly parameters: readonly ApiParameter[];
  readonly body: Schema | null;
  readonly answer: Schema | null;
  readonly refusals: readonly { readonly status: string; readonly description: string }[];
}

export interface ApiGroup {
  readonly tag: string;
  readonly operations: readonly ApiOperation[];
}

export const documentPath = '/api/v1/openapi.json';

/** The operations of the server, grouped; `server.unavailable` when it gives no description. */
export async function askApi(signal: AbortSignal): Promise<Result<readonly ApiGroup[], Failure>> {
  try {
    const response = await fetch(documentPath, { signal });
    if (response.ok) return ok(readApi(await response.json()));
  } catch {
    // No network, no server, or an answer that is no JSON.
  }
  return fail({ code: 'server.unavailable', detail: '' });
}

type Part = Readonly<Record<string, unknown>>;
const partOf = (value: unknown): Part =>
  typeof value === 'object' && value !== null ? (value as Part) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The operations in an OpenAPI document by their first tag, in its order. */
export function readApi(document: unknown): readonly ApiGroup[] {
  const root = partOf(document);
  const base = textOf(partOf(listOf(root['servers'])[0])['url']);
  const groups = new Map<string, ApiOperation[]>();
  for (const [path, item] of Object.entries(partOf(root['paths']))) {
    for (const [method, value] of Object.entries(partOf(item))) {
      const operation = partOf(value);
      const tag = textOf(listOf(operation['tags'])[0]) || say`Other`;
      const read = readOperation(root, operation, { method, path: base + path });
      groups.set(tag, [...(groups.get(tag) ?? []), read]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

function readOperation(
  root: Part,
  operation: Part,
  { method, path }: { readonly method: string; readonly path: string },
): ApiOperation {
  const security = listOf(operation['security']).map(partOf);
  const responses = Object.entries(partOf(operation['responses'])).map(
    ([status, value]) => [status, followed(root, value)] as const,
  );
  const success = responses.find(([status]) => status.startsWith('2'))?.[1];
  return {
    id: textOf(operation['operationId']),
    method: method.toUpperCase(),
    path,
    summary: textOf(operation['summary']),
    description: textOf(operation['description']),
    needsToken: security.length > 0,
    scopes: security.flatMap((each) => Object.values(each).flatMap(listOf).map(textOf)),
    parameters: listOf(operation['parameters']).map((value) => readParameter(root, value)),
    body: operation['requestBody']
      ? jsonSchema(root, followed(root, operation['requestBody']))
      : null,
    answer: success ? jsonSchema(root, success) : null,
    refusals: responses
      .filter(([status]) => !status.startsWith('2'))
      .map(([status, response]) => ({ status, description: textOf(response['description']) })),
  };
}

function readParameter(root: Part, value: unknown): ApiParameter {
  const parameter = followed(root, value);
  return {
    name: textOf(parameter['name']),
    required: parameter['required'] === true,
    schema: followed(root, parameter['schema']) as Schema,
    description: textOf(parameter['description']),
  };
}

function jsonSchema(root: Part, place: Part): Schema | null {
  const schema = partOf(partOf(place['content'])['application/json'])['schema'];
  return schema === undefined ? null : (followed(root, schema) as Schema);
}

/** What a `$ref` leads to inside the document; anything else is itself. */
function followed(root: Part, value: unknown): Part {
  const reference = textOf(partOf(value)['$ref']);
  if (!reference.startsWith('#/')) return partOf(value);
  return partOf(
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => partOf(at)[key], root),
  );
}
