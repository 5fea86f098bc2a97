/** How long a page keeps its frames while something happens on it, and the longest task behind them. */
import type { CDPSession, Page } from '@playwright/test';

export interface Watched {
  /** The longest time between two frames. */
  readonly frameMs: number;
  /** What the longest task of a page's own thread took of a processor: others do not lengthen it. */
  readonly taskMs: number;
}

/** What is seen of the page from `open` on. */
export async function watched(
  page: Page,
  watchedMs: number,
  open: () => Promise<void>,
): Promise<Watched> {
  const session = await page.context().newCDPSession(page);
  const longestTask = await traceTasks(session);
  const frames = page.evaluate(
    (forMs) =>
      new Promise<number>((resolve) => {
        const startMs = performance.now();
        let before = startMs;
        let longest = 0;
        const look = (nowMs: number) => {
          longest = Math.max(longest, nowMs - before);
          before = nowMs;
          if (nowMs - startMs > forMs) resolve(longest);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame((nowMs) => {
          before = nowMs;
          requestAnimationFrame(look);
        });
      }),
    watchedMs,
  );
  await open();
  const frameMs = await frames;
  const taskMs = await longestTask();
  await session.detach();
  return { frameMs, taskMs };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly name?: string };
  /** Microseconds of a processor. */
  readonly tdur?: number;
}

/** Begins to record; the function returned ends it and tells of the longest task, in milliseconds. */
async function traceTasks(session: CDPSession): Promise<() => Promise<number>> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
    const named = events.filter(({ args }) => args.name === 'CrRendererMain');
    const pages = new Set(named.map(thread));
    const tasks = events.filter((one) => one.name.endsWith('::RunTask') && pages.has(thread(one)));
    // One by one: there are too many to be arguments.
    return tasks.reduce((longest, { tdur }) => Math.max(longest, (tdur ?? 0) / 1000), 0);
  };
}
