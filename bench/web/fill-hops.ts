/**
 * Where the time between the press on Buy and the drawn fill goes, hop by hop.
 *
 * Nothing of the product is told to measure: the page's own record of its requests, the words that
 * reach it, and the events that the server writes down of every order have moments already, all by
 * the one clock of the machine.
 */
import type { Page } from '@playwright/test';
import type { Row } from '../row.ts';
import { median } from './median.ts';
import type { TradingPage } from './trading-page.ts';

/** Moments of one fill, milliseconds since 1970. */
export interface FillMoments {
  readonly pressedMs: number;
  readonly drawnMs: number;
  readonly requestMs: number;
  readonly answeredMs: number;
  readonly toldMs: readonly number[];
  readonly asked: readonly (readonly [startMs: number, endMs: number])[];
  /** By the state that the order came into: when the server began to take it in. */
  readonly events: Readonly<Record<string, number>>;
}

/** To be run before the page's own scripts: notes when a word about an account arrives. */
export const noteWords = () => {
  const told: number[] = [];
  Object.assign(globalThis, { toldMs: told });
  const { addEventListener } = BroadcastChannel.prototype;
  BroadcastChannel.prototype.addEventListener = function (
    this: BroadcastChannel,
    ...given: Parameters<typeof addEventListener>
  ) {
    addEventListener.call(this, 'message', (event) => {
      const { data } = event as MessageEvent<{ readonly kind?: string } | undefined>;
      if (data?.kind === 'trading') told.push(performance.timeOrigin + performance.now());
    });
    return addEventListener.apply(this, given);
  } as typeof addEventListener;
};

/** After a fill that was pressed for at `pressedMs` and drawn at `drawnMs`. */
export async function momentsOf(
  page: Page,
  { call, paperId: accountId }: TradingPage,
  { pressedMs, drawnMs }: Pick<FillMoments, 'pressedMs' | 'drawnMs'>,
): Promise<FillMoments> {
  const seen = await page.evaluate((fromMs) => {
    const { timeOrigin } = performance;
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const of = (part: string) =>
      entries
        .filter(({ name }) => name.includes(part))
        .map((each) => [timeOrigin + each.startTime, timeOrigin + each.responseEnd] as const)
        .filter(([startMs]) => startMs >= fromMs);
    performance.clearResourceTimings();
    const told = (globalThis as unknown as { readonly toldMs: readonly number[] }).toldMs;
    return { sent: of('orders.open'), asked: of('orders.book'), told: [...told] };
  }, pressedMs);
  const { intents } = await call<{ intents: readonly { readonly id: string }[] }>(
    ...(['GET', 'orders.list', { accountId }] as const),
  );
  const { events } = await call<{ events: readonly { atMs: number; name: string }[] }>(
    ...(['GET', 'orders.one', { intentId: intents[0]!.id }] as const),
  );
  const [requestMs = NaN, answeredMs = NaN] = seen.sent[0] ?? [];
  return {
    ...{ pressedMs, drawnMs, requestMs, answeredMs },
    toldMs: seen.told.filter((atMs) => atMs >= pressedMs && atMs <= drawnMs),
    asked: seen.asked.filter(([startMs]) => startMs <= drawnMs),
    events: Object.fromEntries(events.map(({ name, atMs }) => [name, atMs])),
  };
}

const hops: readonly (readonly [name: string, of: (at: FillMoments) => number])[] = [
  ['press → request', ({ pressedMs, requestMs }) => requestMs - pressedMs],
  ['request → the server begins', ({ requestMs, events }) => at(events, 'created') - requestMs],
  ['the server begins → claimed', ({ events }) => at(events, 'claimed') - at(events, 'created')],
  ['claimed → the terminal has it', ({ events }) => at(events, 'acked') - at(events, 'claimed')],
  ['the terminal has it → result', ({ events }) => at(events, 'filled') - at(events, 'acked')],
  ['result → drawn', ({ drawnMs, events }) => drawnMs - at(events, 'filled')],
];

const at = (events: FillMoments['events'], name: string): number => events[name] ?? NaN;

/** Reported, not judged: the whole has a limit, its parts have none. */
export function hopRows(moments: readonly FillMoments[], wholeMs: number): readonly Row[] {
  return hops.map(([name, of]) => {
    const value = median(moments.map(of));
    return {
      ...{ name: `of it: ${name}`, value, unit: 'ms', rival: 'the whole', ratio: value / wholeMs },
      ...{ target: 'reported', pass: null },
    };
  });
}
