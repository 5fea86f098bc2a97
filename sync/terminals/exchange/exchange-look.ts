/** Reads all that lies at the exchange, or nothing: an answer that cannot be true changes nothing. */
import type { z } from 'zod';
import {
  executionPage,
  orderPage,
  positionPage,
  walletAnswer,
  type Execution,
  type ShownOrder,
  type ShownPosition,
} from './bybit-shapes.ts';
import { settleCoin } from './bybit-views.ts';
import type { Asked, ExchangeClient, Params } from './exchange-client.ts';

/** An exchange that has more pages than this does not mean what it says. */
const mostPages = 50;
const dayMs = 86_400_000;
/** As much of its executions as the exchange lets be asked for at once. */
const mostSpanMs = 7 * dayMs;
/** Executions are shown late: those of so long before the last one are read again. */
const overlapMs = 60_000;
const linear = { category: 'linear' } as const;

export interface Shown {
  readonly orders: readonly ShownOrder[];
  readonly positions: readonly ShownPosition[];
  readonly wallet: z.infer<typeof walletAnswer>;
}

export async function readShown(client: ExchangeClient): Promise<Shown> {
  const which = { ...linear, settleCoin };
  const orders = await readAll(client, 'v5/order/realtime', { ...which, limit: 50 }, orderPage);
  const positions = await readAll(
    client,
    'v5/position/list',
    { ...which, limit: 200 },
    positionPage,
  );
  const wallet = { accountType: 'UNIFIED', coin: settleCoin };
  return {
    orders: orders.filter(({ orderStatus }) => working.has(orderStatus)),
    positions: positions.filter(({ size }) => size > 0),
    wallet: await read(await client.get('v5/account/wallet-balance', wallet), walletAnswer),
  };
}

const working = new Set(['New', 'PartiallyFilled', 'Untriggered', 'Triggered']);

/** Up to the exchange's `nowMs`, in pieces where that is long. */
export async function readExecutions(
  client: ExchangeClient,
  { cursorMs, nowMs }: { readonly cursorMs: number; readonly nowMs: number },
): Promise<readonly Execution[]> {
  const all: Execution[] = [];
  // What has just happened may bear a time that is a little ahead.
  const untilMs = nowMs + overlapMs;
  for (let startTime = cursorMs - overlapMs; startTime < untilMs; startTime += mostSpanMs) {
    const endTime = Math.min(startTime + mostSpanMs, untilMs);
    const params = { ...linear, startTime, endTime, limit: 100 };
    all.push(...(await readAll(client, 'v5/execution/list', params, executionPage)));
  }
  return all;
}

export async function readAll<T>(
  client: ExchangeClient,
  path: string,
  params: Params,
  shape: z.ZodType<{ readonly list: readonly T[]; readonly nextPageCursor: string }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor = '';
  for (let n = 0; n < mostPages; n++) {
    const asked = await client.get(path, { ...params, ...(cursor !== '' && { cursor }) });
    const page = await read(asked, shape);
    all.push(...page.list);
    if (page.nextPageCursor === '' || page.list.length === 0) return all;
    cursor = page.nextPageCursor;
  }
  throw new Error(`${path} has no end`);
}

export async function read<T>(asked: Asked, shape: z.ZodType<T>): Promise<T> {
  if (asked.t !== 'answer') {
    throw new Error(`the exchange: ${asked.t}${asked.t === 'refused' ? ` ${asked.code}` : ''}`);
  }
  const read = await shape.safeParseAsync(asked.result);
  // Which field it was, never what stood in it.
  if (!read.success) {
    throw new Error(`the exchange: nonsense in ${read.error.issues[0]?.path.join('.') ?? ''}`);
  }
  return read.data;
}
