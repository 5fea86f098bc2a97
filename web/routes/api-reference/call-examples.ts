/** How an operation is called: on the command line, and from a program. */
import type { ApiOperation } from './api-description.ts';
import type { Schema } from './schema-text.ts';

export type ExampleLanguage = 'curl' | 'javascript';

/** A call that can be pasted and run, once there is a token. */
export function exampleText(
  language: ExampleLanguage,
  operation: ApiOperation,
  origin: string,
): string {
  return language === 'curl' ? inCurl(operation, origin) : inJavaScript(operation, origin);
}

function inCurl(operation: ApiOperation, origin: string): string {
  const { method, needsToken, body } = operation;
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${urlOf(operation, origin)}'`,
    needsToken && `  -H "Authorization: Bearer $OFFING_TOKEN"`,
    body && `  -H 'Content-Type: application/json'`,
    body && `  -d '${JSON.stringify(sampleOf(body))}'`,
  ];
  return lines.filter((line) => typeof line === 'string').join(' \\\n');
}

function inJavaScript(operation: ApiOperation, origin: string): string {
  const { method, needsToken, body } = operation;
  const headers = [
    needsToken && '    Authorization: `Bearer ${token}`,',
    body && "    'Content-Type': 'application/json',",
  ].filter((line) => typeof line === 'string');
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    ...(headers.length > 0 ? ['  headers: {', ...headers, '  },'] : []),
    ...(body ? [`  body: JSON.stringify(${literalText(sampleOf(body))}),`] : []),
  ];
  const url = `'${urlOf(operation, origin)}'`;
  const call = options.length === 0 ? [`fetch(${url});`] : [`fetch(${url}, {`, ...options, '});'];
  return [
    `const response = await ${call.join('\n')}`,
    'const answer = await response.json();',
  ].join('\n');
}

/** As people write it in a program rather than in JSON. */
function literalText(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value);
  }
  const parts = Object.entries(value).map(([name, each]) => `${name}: ${literalText(each)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

/** With the query that it cannot do without. */
function urlOf({ path, parameters }: ApiOperation, origin: string): string {
  const needed = parameters.filter(({ required }) => required);
  const query = needed.map(({ name, schema }) => `${name}=${String(sampleOf(schema))}`).join('&');
  return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}

/** A value that fits, with no more than it must have. */
export function sampleOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sampleOf(schema.anyOf[0]);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, each]) => [name, sampleOf(each)]),
      );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'text';
  }
}
