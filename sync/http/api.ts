/**
 * The API for programs: procedures that have a place in it, as REST, by token.
 *
 * Answered here rather than by the package that describes them: its handler makes the shapes of
 * inputs lenient for every other caller too, and takes a broken body for a fault of ours.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  type TRPCError,
} from '@trpc/server';
import { z } from 'zod';
import type { CallContext } from '../call-context.ts';
import type { Log } from '../ops/log.ts';
import { appRouter } from '../router.ts';
import { apiRoutes, versionPath, type ApiRoute } from './api-routes.ts';
import { gateBody, longestBodyBytes, refusal, refusalBody, type GateRefusal } from './call-gate.ts';
import { readJson } from './json-body.ts';
import { sendJson } from './monitors.ts';

export const apiPath = '/api';
const documentPath = '/openapi.json';
const mostIssues = 20;

export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => void;
type ContextOf = (request: IncomingMessage, response: ServerResponse) => CallContext;

interface Endpoint extends ApiRoute {
  readonly takes: 'nothing' | 'query' | 'body';
}
/** What is at a path, by method. */
type Endpoints = ReadonlyMap<string, Endpoint>;

/**
 * Answers calls below `/api/v1` by token, and `/api/v1/openapi.json` to everybody. No cache keeps
 * an answer, and pages of other sites cannot read one.
 */
export function apiHandler(contextOf: ContextOf, log: Log): ApiHandler {
  // To describe every operation takes longer than much of a start, and is for programs alone.
  let described: Promise<Described> | null = null;
  const answerBy = ({ document, places }: Described, ...call: Parameters<ApiHandler>) => {
    const [request, response] = call;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const path = pathname.startsWith(`${versionPath}/`) ? pathname.slice(versionPath.length) : '';
    const isDocument = path === documentPath;
    const endpoints = places.get(path);
    if (!isDocument && !endpoints) return refuse(response, unknownPath);
    const methods = isDocument ? ['GET'] : [...(endpoints?.keys() ?? [])];
    // Whoever wants the head alone is answered as for the whole; Node leaves the body out.
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    if (!methods.includes(method)) return answerOtherMethod(response, method, methods);
    if (isDocument) return sendJson(response, 200, document);
    const endpoint = endpoints!.get(method)!;
    answer(request, response, { endpoint, searchParams, contextOf }).catch((error: unknown) => {
      log.error({ err: error, procedure: endpoint.procedure }, 'a call of the API failed');
      response.destroy();
    });
  };
  return (request, response) => {
    described ??= describe();
    described
      .then((known) => answerBy(known, request, response))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the API could not be described');
        response.destroy();
      });
  };
}

interface Described {
  readonly document: object;
  readonly places: ReadonlyMap<string, Endpoints>;
}

async function describe(): Promise<Described> {
  const { describeApi, operationOf, takesInput } = await import('./api-document.ts');
  const document = describeApi();
  const places = new Map<string, Map<string, Endpoint>>();
  for (const route of apiRoutes()) {
    const operation = operationOf(document, route);
    const takes = operation.requestBody ? 'body' : takesInput(operation) ? 'query' : 'nothing';
    const there = places.get(route.path) ?? new Map<string, Endpoint>();
    places.set(route.path, there.set(route.method, { ...route, takes }));
  }
  return { document, places };
}

interface Call {
  readonly endpoint: Endpoint;
  readonly searchParams: URLSearchParams;
  readonly contextOf: ContextOf;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { endpoint, searchParams, contextOf }: Call,
): Promise<void> {
  const refused = endpoint.takes === 'body' ? gateBody(request.headers, { packed: 'never' }) : null;
  if (refused) return refuse(response, refused);
  let input = inQuery(searchParams, endpoint);
  if (endpoint.takes === 'body') {
    const body = await readJson(request, longestBodyBytes);
    if (!body.ok && body.error === 'cut-off') return void response.destroy();
    if (!body.ok) return refuse(response, body.error === 'too-large' ? tooLarge : notJson);
    input = body.value;
  }
  const ctx = contextOf(request, response);
  const { procedure: path, type } = endpoint;
  try {
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
    sendJson(response, 200, data);
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    const config = appRouter._def._config;
    const shape = getTRPCErrorShape({ config, error, type, path, input: undefined, ctx });
    const { httpStatus } = shape.data;
    if (httpStatus === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    sendJson(response, httpStatus, {
      error: { ...shape, data: { ...shape.data, ...issuesIn(error) } },
    });
  }
}

/** Nothing, where nothing is taken and nothing was sent; a name given twice is a list. */
function inQuery(searchParams: URLSearchParams, { takes }: Endpoint): unknown {
  const names = [...new Set(searchParams.keys())];
  if (names.length === 0 && takes === 'nothing') return undefined;
  return Object.fromEntries(
    names.map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** Where an input is wrong, for whoever writes the program; their own words come back cut short. */
function issuesIn({ code, cause }: TRPCError) {
  if (code !== 'BAD_REQUEST' || !(cause instanceof z.ZodError)) return {};
  const issues = cause.issues.slice(0, mostIssues).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 200),
    code: issue.code,
    message: issue.message.slice(0, 300),
  }));
  return { issues };
}

const unknownPath = refusal(
  404,
  'server.procedure-unknown',
  `There is no such path; ${versionPath}${documentPath} lists those there are.`,
);
const tooLarge = refusal(
  413,
  'server.request-too-large',
  `Bodies have at most ${longestBodyBytes} bytes.`,
);
const notJson = refusal(400, 'server.request-invalid', 'The body is not JSON in UTF-8.');

function answerOtherMethod(
  response: ServerResponse,
  method: string,
  known: readonly string[],
): void {
  const allowed = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  response.setHeader('Allow', allowed);
  if (method === 'OPTIONS') {
    response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
    return;
  }
  refuse(response, refusal(405, 'server.request-invalid', `This path takes ${allowed}.`));
}

/** The connection ends, since a body that follows is not read. */
function refuse(response: ServerResponse, refused: GateRefusal): void {
  response.setHeader('Connection', 'close');
  sendJson(response, refused.status, refusalBody(refused));
}
