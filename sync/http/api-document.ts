/** The description of the API in the OpenAPI format, made from the router. */
import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { z } from 'zod';
import { assert } from '#core/assert.ts';
import { appRouter } from '../router.ts';
import { apiRoutes, versionPath, type ApiRoute } from './api-routes.ts';

type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

const about = `Calls carry a token made on the Security page: \`Authorization: Bearer offing_…\`. \
Bodies and answers are JSON. Times are milliseconds since 1970-01-01 UTC. A refusal names its \
reason in \`error.data.failure\`, a stable code; after 429 wait as many seconds as \`Retry-After\` says.`;

/** The body of every answer that is not a success, here and at `/trpc`. */
export const refusalShape = z
  .object({
    error: z.object({
      message: z.string().describe('The same code as `failure`'),
      code: z.number().int().describe('The kind of failure by its JSON-RPC number'),
      data: z.object({
        failure: z.string().describe('Why, as a code that is never renamed'),
        code: z.string().describe('The kind of failure by its tRPC name'),
        httpStatus: z.number().int(),
        retry: z
          .enum(['never', 'later', 'after-change'])
          .describe('Whether the same call can succeed later, or after something was changed'),
        path: z.string().optional().describe('The procedure that was called'),
        sentence: z.string().optional().describe('More for whoever writes the program'),
        figures: z
          .record(z.string(), z.union([z.string(), z.number()]))
          .optional()
          .describe('Numbers to the failure; `retryAfterMs` after 429'),
        issues: z
          .array(z.object({ path: z.string(), code: z.string(), message: z.string() }))
          .optional()
          .describe('What is wrong with the input, and where'),
      }),
    }),
  })
  .meta({ description: 'Why a call was refused or failed' });

const refusals = {
  400: { name: 'Invalid', description: 'The input is not what the operation takes.' },
  401: { name: 'TokenNeeded', description: 'No token, or one that has ended.' },
  403: { name: 'NotAllowed', description: 'The token lacks the scope that this needs.' },
  413: { name: 'TooLarge', description: 'The body is larger than is read.' },
  415: { name: 'NotJson', description: 'The body is not sent as application/json.' },
  429: { name: 'TooManyCalls', description: 'Called too often; wait as `Retry-After` says.' },
  500: { name: 'Failed', description: 'A fault of the server, which it has noted.' },
  503: { name: 'Unavailable', description: 'The server is starting or has lost its database.' },
} as const;
type RefusalStatus = keyof typeof refusals;

/** The whole document; what each operation needs and how it refuses follows from its `needs`. */
export function describeApi(): OpenAPIObject {
  const document = generateOpenApiDocument(appRouter, {
    title: 'Offing',
    version: '1',
    description: about,
    baseUrl: versionPath,
    securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    defs: { Refusal: refusalShape },
  });
  const { paths = {} } = document;
  for (const route of apiRoutes()) {
    const item = paths[route.path];
    const method = methodKey(route.method);
    const operation = item?.[method];
    assert(operation !== undefined, 'every route is described');
    item![method] = completed(operation, route);
  }
  const responses = Object.values(refusals).map(({ name, description }) => [
    name,
    refusalResponse(name, description),
  ]);
  return {
    ...document,
    components: {
      ...document.components,
      schemas: openToMore(document.components?.schemas ?? {}),
      responses: Object.fromEntries(responses),
    },
  };
}

/** Whether the operation reads a query or a body. */
export function takesInput(operation: Operation): boolean {
  return (operation.parameters ?? []).length > 0 || operation.requestBody !== undefined;
}

/** The operation of a route, as the document has it. */
export function operationOf(document: OpenAPIObject, { path, method }: ApiRoute): Operation {
  const operation = document.paths?.[path]?.[methodKey(method)];
  assert(operation !== undefined, 'every route is described');
  return operation;
}

function methodKey(method: string): 'get' | 'post' | 'put' | 'patch' | 'delete' {
  return method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
}

function completed(operation: Operation, { needs }: ApiRoute): Operation {
  const { scope } = needs;
  const isOpen = needs.access === 'anyone';
  const sentence = isOpen ? 'Needs no token.' : `Needs a token with the scope \`${scope}\`.`;
  const statuses: RefusalStatus[] = [
    ...(takesInput(operation) ? ([400] as const) : []),
    ...(isOpen ? [] : ([401, 403] as const)),
    ...(operation.requestBody ? ([413, 415] as const) : []),
    ...([429, 500, 503] as const),
  ];
  return {
    ...operation,
    description: [operation.description, sentence].filter(Boolean).join(' '),
    // The names of the scopes are the roles that OpenAPI 3.1 lets a bearer scheme ask for.
    security: isOpen ? [] : [{ bearer: [scope!] }],
    responses: {
      ...openToMore(operation.responses),
      ...Object.fromEntries(
        statuses.map((status) => [
          status,
          { $ref: `#/components/responses/${refusals[status].name}` },
        ]),
      ),
    },
  };
}

function refusalResponse(name: string, description: string) {
  const wait = { description: 'Seconds to wait', schema: { type: 'integer', minimum: 1 } };
  return {
    description,
    ...(name === refusals[429].name ? { headers: { 'Retry-After': wait } } : {}),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
  };
}

/** The same without the promise that nothing is ever added: answers may gain properties. */
function openToMore<T>(schema: T): T {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'additionalProperties' && value === false ? undefined : value,
  );
  return JSON.parse(text) as T;
}
