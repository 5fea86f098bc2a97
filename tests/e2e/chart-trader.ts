/** What a trader does with the lines of a chart, by mouse or by finger. */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';
import type { BookView } from '../../core/broker/views.ts';
import type { OrderTicket } from '../../core/broker/request.ts';
import type { RunningServer } from './running.ts';

const headers = { 'x-offing-client': 'test' };

/** A trader's first account, by the server's own procedures. */
export interface ChartAccount {
  readonly accountId: string;
  book(): Promise<BookView>;
  /** How often a level was asked to be changed. */
  changes(): Promise<number>;
  place(ticket: Partial<OrderTicket>): Promise<void>;
}

export async function firstAccount(
  { request }: BrowserContext,
  { url }: RunningServer,
): Promise<ChartAccount> {
  const answerOf = async <T>(answer: Awaited<ReturnType<typeof request.get>>): Promise<T> => {
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { readonly result: { readonly data: T } }).result.data;
  };
  const get = async <T>(procedure: string, input: object): Promise<T> => {
    const query = encodeURIComponent(JSON.stringify(input));
    return answerOf(await request.get(`${url}/trpc/${procedure}?input=${query}`, { headers }));
  };
  const { accounts } = await get<{ accounts: { accountId: string }[] }>('terminals.list', {});
  const { accountId } = accounts[0]!;
  const book = () => get<BookView>('orders.book', { accountId, symbols: ['EURUSD'] });
  return {
    accountId,
    book,
    async changes() {
      const { intents } = await get<{ intents: { body: { t: string } }[] }>('orders.list', {
        accountId,
      });
      return intents.filter(({ body }) => body.t === 'modify').length;
    },
    async place(ticket) {
      const request1 = {
        ...{ id: crypto.randomUUID(), accountId, t: 'place' },
        ticket: {
          ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots: 0.05, price: null },
          ...{ limitPrice: null, sl: null, tp: null, deviationPoints: 50, worstPrice: null },
          ...{ lastsUntilMs: null, ...ticket },
        },
      };
      await answerOf(
        await request.post(`${url}/trpc/orders.open`, { headers, data: { request: request1 } }),
      );
    },
  };
}

/** The bid, once the account is priced. */
export async function bidOf({ book }: ChartAccount): Promise<number> {
  for (;;) {
    const quote = (await book()).quotes.find(({ symbol }) => symbol === 'EURUSD');
    if (quote) return quote.bid;
    await wait(100);
  }
}

/** A line that is held: moved further, let go, or called off. */
export interface HeldLine {
  by(pixels: number): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Takes a line by its tag: with the mouse at once, with a finger by a long press.
 *
 * The prices move meanwhile and the line with them: what was not met is tried for again.
 */
export async function take(page: Page, line: Locator): Promise<HeldLine> {
  let held: HeldLine | undefined;
  await expect(async () => (held = await tryToTake(page, line))).toPass();
  return held!;
}

async function tryToTake(page: Page, line: Locator): Promise<HeldLine> {
  const box = (await line.boundingBox())!;
  const at = { x: box.x + 12, y: box.y + box.height / 2 };
  const isHeld = () => expect(tagOf(page, line)).toHaveClass(/held/, { timeout: 3_000 });
  const isTouch = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
  if (!isTouch) {
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await isHeld().catch(async (missed: unknown) => {
      await page.mouse.up();
      throw missed;
    });
    return {
      by: (pixels) => page.mouse.move(at.x, at.y + pixels, { steps: 5 }),
      drop: () => page.mouse.up(),
    };
  }
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: at.x, y }],
    });
  let y = at.y;
  await touch('touchStart', y);
  await isHeld().catch(async (missed: unknown) => {
    await touch('touchEnd', y);
    await session.detach();
    throw missed;
  });
  return {
    async by(pixels) {
      for (let step = 1; step <= 5; step++) await touch('touchMove', at.y + (pixels * step) / 5);
      y = at.y + pixels;
    },
    drop: async () => {
      await touch('touchEnd', y);
      await session.detach();
    },
  };
}

export const tagOf = (page: Page, line: Locator): Locator =>
  page.locator('.tag').filter({ has: line });

export const priceOf = async (line: Locator): Promise<number> =>
  Number(await line.getAttribute('aria-valuenow'));
