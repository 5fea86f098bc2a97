/**
 * How soon a press is drawn, and a fill; and whether fifty symbols of ten prices a second leave the
 * frames and the memory of a page alone. `OFFING_LONG=1` streams for ten minutes instead of one.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { started } from '../../tests/e2e/trader.ts';
import type { Row } from '../row.ts';
import { hopRows, momentsOf, noteWords, type FillMoments } from './fill-hops.ts';
import { median } from './median.ts';
import { pageMemory } from './memory.ts';
import { closeAll, openTradingPage, priced, type TradingPage } from './trading-page.ts';
import { watched } from './watched-page.ts';

const SYMBOLS = Array.from({ length: 50 }, (_, n) => `PAIR${n}`);
const PER_SECOND = 10;
const MOST_CLICK_MS = 100;
const MOST_FILL_MS = 100;
const MOST_FRAME_MS = 50;
/** Garbage goes when it suits; were the prices of a minute kept, it would be twice as much. */
const MOST_GROWTH = 1.25;
const CLICK_ROUNDS = 6;
const FILLS = 15;
/** The same order again sooner than this is taken for a slip. */
const SAME_ORDER_MS = 2_100;
const WARM_UP_MS = 15_000;
const FRAMES_MS = 20_000;
const STREAMED_MS = process.env['OFFING_LONG'] ? 600_000 : 60_000;

export async function tradeBench(): Promise<Row[]> {
  const trading = await openTradingPage(SYMBOLS);
  try {
    await trading.context.addInitScript(noteWords);
    const page = await trading.context.newPage();
    await priced(trading);
    const moments = await fillMoments(page, trading);
    const fill = median(moments.map(({ pressedMs, drawnMs }) => drawnMs - pressedMs));
    const clicks = [...(await chartClicks(page)), ...(await orderClicks(page, trading))];
    return [
      limitRow('click → drawn, p95', percentile(clicks, 0.95), MOST_CLICK_MS),
      limitRow('click → paper fill → drawn, p50', fill, MOST_FILL_MS),
      ...hopRows(moments, fill),
      ...(await streamed(page, trading)),
    ];
  } finally {
    await trading.close();
  }
}

/** From the press on Buy at the corner of a chart to the frame with the new position's line. */
async function fillMoments(page: Page, trading: TradingPage): Promise<readonly FillMoments[]> {
  const { address, paperId } = trading;
  await page.goto(`${address}/charts/?symbol=EURUSD&timeframe=M1&account=${paperId}`);
  const buy = page.getByRole('button', { name: 'Buy 0.01 at once' });
  const moments: FillMoments[] = [];
  // The first loads the notice that tells of it; it is not counted.
  for (let round = 0; round <= FILLS; round++) {
    await buy.and(page.locator(':enabled')).waitFor();
    await page.locator('[data-line$=" open"]').waitFor({ state: 'detached' });
    const seen = await buy.evaluate(pressed, '[data-line$=" open"]');
    moments.push(await momentsOf(page, trading, seen));
    await closeAll(trading);
    await wait(SAME_ORDER_MS);
  }
  return moments.slice(1);
}

/** Runs in the page: the press, and when what the selector names was there and its frame drawn. */
function pressed(
  button: HTMLElement | SVGElement,
  selector: string,
): Promise<Pick<FillMoments, 'pressedMs' | 'drawnMs'>> {
  return new Promise((resolve) => {
    const nowMs = () => performance.timeOrigin + performance.now();
    const pressedMs = nowMs();
    const drawn = () => {
      const { port1, port2 } = new MessageChannel();
      // Its turn comes after the frame is painted.
      port1.onmessage = () => resolve({ pressedMs, drawnMs: nowMs() });
      requestAnimationFrame(() => port2.postMessage(null));
    };
    const look = () => (document.querySelector(selector) ? drawn() : setTimeout(look, 0));
    (button as HTMLElement).click();
    look();
  });
}

type Press = readonly [name: string | RegExp, role: 'button' | 'tab', until: string];

async function clicked(page: Page, presses: readonly Press[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round <= CLICK_ROUNDS; round++) {
    for (const [name, role, until] of presses) {
      const control = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
      const { pressedMs, drawnMs } = await control.evaluate(pressed, until);
      if (round > 0) times.push(drawnMs - pressedMs);
      await wait(150);
    }
  }
  return times;
}

const chartClicks = (page: Page) =>
  clicked(page, [
    ['Order form (F9)', 'button', 'aside[aria-label="Order form"] form'],
    ['Order form (F9)', 'button', '.work:not(:has(aside))'],
    ['Two side by side', 'button', '.panes.columns'],
    ['One chart', 'button', '.panes.one'],
    ['Show as a table', 'button', '[aria-label="Show as a table"][aria-pressed="true"]'],
    ['Show as a table', 'button', '[aria-label="Show as a table"][aria-pressed="false"]'],
  ]);

async function orderClicks(page: Page, { address, paperId }: TradingPage) {
  await page.goto(`${address}/orders/?account=${paperId}`);
  await started(page);
  await page.getByRole('tab', { name: /^Positions/ }).waitFor();
  const tab = (name: string): Press => [new RegExp(`^${name}`), 'tab', `[aria-selected="true"]`];
  return clicked(page, [tab('Working'), tab('History'), tab('Sent'), tab('Positions')]);
}

/** Prices of every symbol, each with a position whose profit they move. */
async function streamed(page: Page, trading: TradingPage): Promise<readonly Row[]> {
  const stop = trading.stream(PER_SECOND);
  try {
    await page.goto(`${trading.address}/orders/?account=${trading.terminalId}`);
    await page.getByRole('region', { name: 'Open positions' }).waitFor();
    await wait(WARM_UP_MS);
    const { frameMs, taskMs } = await watched(page, FRAMES_MS, () => Promise.resolve());
    const before = await pageMemory(page);
    await wait(STREAMED_MS);
    const after = await pageMemory(page);
    const growth = after / before;
    const minutes = STREAMED_MS / 60_000;
    return [
      {
        ...limitRow('longest frame, 50 symbols × 10 prices a second', frameMs, MOST_FRAME_MS),
        rival: `limit (longest task: ${Math.round(taskMs)} ms of a processor)`,
        reason: 'a busy machine holds frames back that no task of the page does',
      },
      {
        ...{ name: `memory of the page after ${minutes} min of prices`, value: after / 1e6 },
        ...{ unit: 'MB', rival: `before (${(before / 1e6).toFixed(1)} MB)`, ratio: growth },
        ...{ target: `≤ ${MOST_GROWTH} × before`, pass: growth <= MOST_GROWTH },
      },
    ];
  } finally {
    stop();
  }
}

function percentile(values: readonly number[], ratio: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * ratio) - 1)] ?? NaN;
}

function limitRow(name: string, value: number, mostMs: number): Row {
  return {
    ...{ name, value, unit: 'ms', rival: `limit of ${mostMs} ms`, ratio: value / mostMs },
    ...{ target: `≤ ${mostMs} ms`, pass: value <= mostMs },
  };
}
