import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { initTRPC, TRPCError } from '@trpc/server';
import { incomingMessageToRequest } from '@trpc/server/adapters/node-http';
import { resolveResponse } from '@trpc/server/http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { answerLone, loneCall } from './lone-call.ts';

interface Context {
  readonly caller: string;
}

function closedGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Until it opens `orders.later` does not look at its input. */
let gate = closedGate();
const answers: ReturnType<typeof answerLone>[] = [];

const trpc = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter: ({ shape, error, path, input }) => ({
    ...{ code: shape.code, message: error.code },
    data: { path, input, why: error.message, caused: error.cause?.name },
  }),
});
const { procedure } = trpc;
const refusing = procedure.use(({ ctx, next }) => {
  if (ctx.caller === 'nobody') throw new TRPCError({ code: 'UNAUTHORIZED', message: 'no' });
  return next();
});

const router = trpc.router({
  orders: trpc.router({
    open: refusing
      .input(z.strictObject({ lots: z.number(), note: z.string().optional() }))
      .mutation(({ ctx, input }) => ({ ...input, by: ctx.caller })),
    nothing: procedure.mutation(() => undefined),
    limited: procedure.mutation(() => {
      throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'slower' });
    }),
    broken: procedure.mutation(() => {
      throw new RangeError('of ours');
    }),
    list: procedure.query(() => ['one']),
    later: procedure
      .use(async ({ next }) => {
        await gate.opened;
        return next();
      })
      .input(z.unknown())
      .mutation(() => 'read'),
  }),
});

const pathOf = (request: IncomingMessage) => (request.url ?? '').slice(1).split('?', 1)[0] ?? '';
const contextOf = ({ headers }: IncomingMessage): Context => ({
  caller: String(headers['x-caller'] ?? 'somebody'),
});

async function ours(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const hasQuery = request.url?.includes('?') ?? false;
  const lone = loneCall(router, request, { path: pathOf(request), hasQuery });
  if (!lone) return false;
  const given = { request, response, ctx: contextOf(request) };
  const answer = answerLone(router, lone, given);
  answers.push(answer);
  const { status, headers, text } = await answer;
  response.writeHead(status, headers).end(text);
  return true;
}

async function theirs(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await resolveResponse({
    ...{ router, path: pathOf(request), error: null },
    req: incomingMessageToRequest(request, response, { maxBodySize: 1_000_000 }),
    createContext: () => Promise.resolve(contextOf(request)),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

const taken: string[] = [];
const server = createServer((request, response) => {
  if (request.headers['x-by'] === 'trpc') return void theirs(request, response);
  void ours(request, response).then((isTaken) => {
    if (isTaken) taken.push(request.url ?? '');
    else void theirs(request, response);
  });
});
let port = 0;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

interface Asked {
  readonly path: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

async function answered(
  { path, body = '', headers = {}, method = 'POST' }: Asked,
  by: 'us' | 'trpc',
): Promise<unknown> {
  const sent = ask({
    ...{ host: '127.0.0.1', port, path: `/${path}`, method, agent: false },
    headers: {
      'content-type': 'application/json',
      ...(method === 'POST' && { 'content-length': Buffer.byteLength(body) }),
      ...headers,
      'x-by': by,
    },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const { vary, 'content-type': type, allow } = response.headers;
  return { status: response.statusCode, vary, type, allow, text };
}

const same: readonly (Asked & { readonly name: string; readonly ways: 'short' | 'long' })[] = [
  { name: 'a call', path: 'orders.open', body: '{"lots":1,"note":"é"}', ways: 'short' },
  { name: 'input that does not fit', path: 'orders.open', body: '{"lots":"1"}', ways: 'short' },
  { name: 'more than is asked', path: 'orders.open', body: '{"lots":1,"x":2}', ways: 'short' },
  { name: 'no body', path: 'orders.open', ways: 'short' },
  { name: 'a body that is no JSON', path: 'orders.open', body: '{"lots":', ways: 'short' },
  { name: 'a name of an object', path: 'orders.open', body: '{"__proto__":{}}', ways: 'short' },
  {
    ...{ name: 'bytes that are no text', path: 'orders.open', ways: 'short' },
    body: Buffer.from([0x22, 0xff, 0x22]),
  },
  {
    ...{ name: 'a mark before the JSON', path: 'orders.open', ways: 'short' },
    body: '\ufeff{"lots":2}',
  },
  {
    ...{ name: 'a caller who may not', path: 'orders.open', body: '{"lots":1}', ways: 'short' },
    headers: { 'x-caller': 'nobody' },
  },
  { name: 'an answer without data', path: 'orders.nothing', ways: 'short' },
  { name: 'a refusal', path: 'orders.limited', ways: 'short' },
  { name: 'a bug', path: 'orders.broken', ways: 'short' },
  { name: 'a question asked as a change', path: 'orders.list', ways: 'long' },
  { name: 'a question', path: 'orders.list', method: 'GET', ways: 'long' },
  { name: 'no such procedure', path: 'orders.none', ways: 'long' },
  { name: 'a part of the router', path: 'orders', ways: 'long' },
  { name: 'what every object has', path: 'toString', ways: 'long' },
  { name: 'a path that is no path', path: 'orders%2Eopen', body: '{"lots":1}', ways: 'long' },
  { name: 'a batch', path: 'orders.open?batch=1', body: '{"0":{"lots":1}}', ways: 'long' },
];

test.for(same)('$name is answered as tRPC answers it', async ({ ways, ...asked }) => {
  taken.length = 0;
  const own = await answered(asked, 'us');
  expect(taken).toHaveLength(ways === 'short' ? 1 : 0);
  expect(own).toEqual(await answered(asked, 'trpc'));
});

test('a body whose length was not said is left to tRPC, which counts it', () => {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  const where = { path: 'orders.open', hasQuery: false };
  expect(loneCall(router, { method: 'POST', headers }, where)).toBeNull();
});

test.for(['before', 'after'] as const)(
  'a caller who leaves %s the body is asked for keeps nobody waiting',
  async (when) => {
    gate = closedGate();
    answers.length = 0;
    const arrived = once(server, 'request') as Promise<[IncomingMessage]>;
    const leaving = ask({
      ...{ host: '127.0.0.1', port, path: '/orders.later', method: 'POST', agent: false },
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    leaving.on('error', () => undefined);
    leaving.write('{"lots":');
    const [request] = await arrived;
    if (when === 'after') {
      gate.open();
      await expect.poll(() => request.listenerCount('data')).toBe(1);
    }
    const left = once(request, 'close').catch(() => undefined);
    leaving.destroy();
    await left;
    gate.open();
    expect(await answers[0]).toMatchObject({ status: 400 });
  },
);
