/** What each pane of the charts shows, kept with how far its indicators have come. */
import type { Failure } from '#core/errors.ts';
import { indicators } from '#core/indicators/registry.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { timeframeMs } from '#core/market/timeframe.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { spanAt } from '#core/rules/spans.ts';
import type {
  AskedIndicator,
  ChartTail,
  ChartWindow,
  ChartWorker,
  IndicatorFacts,
  IndicatorLines,
  StoredWindow,
} from './api.ts';
import {
  firstLines,
  linesFrom,
  nextLines,
  startIndicator,
  warmUpOf,
  type RunningIndicator,
} from './indicator-lines.ts';
import { copyOf, withTail } from '#core/market/joined-bars.ts';
import { tailOf, windowOf, type SeriesReader } from './window-bars.ts';

export interface PanePorts {
  /** Error: `store.not-found`, `store.unavailable`. */
  readonly reader: (seriesId: string) => Promise<Result<SeriesReader, Failure>>;
}

interface Held {
  bars: Bars;
  /** Bars before those shown. */
  readonly warmUp: number;
  running: readonly RunningIndicator[];
  readonly replay: Replay | null;
}

/** What is stored of later times; the page is told of it only as they come. */
interface Replay {
  readonly reader: SeriesReader;
  readonly timeframe: string;
  untilMs: number;
  ahead: Bars | null;
}

const aheadBars = 5_000;

export function openPanes({ reader }: PanePorts): ChartWorker {
  const held = new Map<string, Held>();
  /** The newest question of each pane: what an older one finds out is not kept. */
  const asked = new Map<string, number>();

  function keep(pane: string, given: Omit<Held, 'running'>, wanted: readonly AskedIndicator[]) {
    const one: Held = { ...given, running: [] };
    held.set(pane, one);
    return start(one, wanted);
  }

  async function show(pane: string, window: StoredWindow): Promise<Result<ChartWindow, Failure>> {
    const turn = (asked.get(pane) ?? 0) + 1;
    asked.set(pane, turn);
    const found = await reader(window.seriesId);
    if (!found.ok) return found;
    const warmUp = warmUpOf(window.indicators);
    const { timeframe, beforeMs, untilMs, mostBars } = window;
    const bounds = { timeframe, beforeMs, untilMs, bars: mostBars + warmUp };
    const read = await windowOf(found.value, bounds);
    if (!read.ok) return read;
    const { bars, hasOlder, hasNewer } = read.value;
    const before = Math.max(0, Math.min(warmUp, bars.length - mostBars));
    const replay =
      untilMs === null ? null : { reader: found.value, timeframe, untilMs, ahead: null };
    const given = { bars, warmUp: before, replay };
    const lines =
      asked.get(pane) === turn
        ? keep(pane, given, window.indicators)
        : start({ ...given, running: [] }, window.indicators);
    const shown = copyOf(sliceBars(bars, before, bars.length));
    return ok({ bars: shown, lines, hasOlder: hasOlder || before > 0, hasNewer });
  }

  function append(pane: string, tail: Bars): ChartTail | null {
    const one = held.get(pane);
    if (!one || tail.length === 0) return null;
    return appendTo(one, tail);
  }

  return {
    indicators: async () => indicators.map(factsOf),
    show,
    async give(pane, { bars, warmUp, indicators: wanted }) {
      asked.set(pane, (asked.get(pane) ?? 0) + 1);
      const lines = keep(pane, { bars, warmUp, replay: null }, wanted);
      const shown = copyOf(sliceBars(bars, warmUp, bars.length));
      return ok({ bars: shown, lines, hasOlder: false, hasNewer: false });
    },
    async lines(pane, wanted) {
      const one = held.get(pane);
      return one ? ok(start(one, wanted)) : fail(nothingShown(pane));
    },
    append: async (pane, bars) => ok(append(pane, bars)),
    async nextMs(pane) {
      const one = held.get(pane);
      const replay = one?.replay;
      if (!replay) return ok(null);
      const ahead = await aheadOf(replay);
      return ahead.ok ? ok(ahead.value && nextKnownMs(replay, ahead.value)) : ahead;
    },
    async advance(pane, untilMs) {
      const one = held.get(pane);
      const replay = one?.replay;
      if (!one || !replay || untilMs <= replay.untilMs) return ok(null);
      const ahead = await aheadOf(replay, untilMs);
      if (!ahead.ok) return ahead;
      if (!ahead.value) return ok(null);
      const tail = tailOf(ahead.value, {
        timeframe: replay.timeframe,
        baseTimeframe: replay.reader.series.timeframe,
        lastMs: one.bars.timesMs.at(-1) ?? -Infinity,
        fromMs: replay.untilMs,
        untilMs,
      });
      replay.untilMs = untilMs;
      return ok(tail && appendTo(one, tail));
    },
    async close(pane) {
      held.delete(pane);
    },
  };
}

function start(one: Held, wanted: readonly AskedIndicator[]): readonly IndicatorLines[] {
  one.running = wanted.flatMap((each) => startIndicator(each) ?? []);
  return one.running.map((each) =>
    linesFrom(each.asked.id, firstLines(each, one.bars), one.warmUp),
  );
}

function appendTo(one: Held, tail: Bars): ChartTail {
  const { length } = one.bars;
  const at = firstAtOrAfter(one.bars.timesMs, tail.timesMs[0]!);
  const lastBefore = at < length ? null : sliceBars(one.bars, length - 1, length);
  const hadBars = length > 0;
  one.bars = withTail(one.bars, tail);
  const lines: IndicatorLines[] = [];
  const redrawn: IndicatorLines[] = [];
  for (const each of one.running) {
    const next = hadBars && at >= length - 1 ? nextLines(each, tail, lastBefore) : null;
    if (next) lines.push({ id: each.asked.id, columns: next });
    else redrawn.push(linesFrom(each.asked.id, firstLines(each, one.bars), one.warmUp));
  }
  return { bars: copyOf(tail), lines, redrawn };
}

/** Bars of the series from before the last one known to beyond `toMs`; null where none is later. */
async function aheadOf(
  replay: Replay,
  toMs = replay.untilMs,
): Promise<Result<Bars | null, Failure>> {
  const { series, last } = replay.reader;
  const baseMs = timeframeMs(series.timeframe) ?? 1;
  const kept = replay.ahead?.timesMs.at(-1) ?? -Infinity;
  if (kept > toMs || kept >= series.lastMs) return ok(replay.ahead);
  if (replay.untilMs > series.lastMs + baseMs) return ok(null);
  const spanMs = timeframeMs(replay.timeframe) ?? baseMs;
  const wanted = aheadBars + Math.ceil((toMs - replay.untilMs + 2 * spanMs) / baseMs);
  // A long pause may fill a first reach: then it is doubled.
  for (let reach = wanted; ; reach *= 2) {
    const endMs = replay.untilMs + reach * baseMs;
    const read = await last(reach + Math.ceil((2 * spanMs) / baseMs), endMs);
    if (!read.ok) return read;
    const lastMs = read.value.timesMs.at(-1) ?? -Infinity;
    if (lastMs > toMs || endMs > series.lastMs) {
      replay.ahead = read.value;
      return ok(read.value);
    }
  }
}

function nextKnownMs({ reader, timeframe, untilMs }: Replay, ahead: Bars): number | null {
  const base = reader.series.timeframe;
  const baseMs = timeframeMs(base) ?? 0;
  const next = ahead.timesMs[firstAtOrAfter(ahead.timesMs, untilMs - baseMs + 1)];
  if (next === undefined) return null;
  return timeframe === base ? next + baseMs : Math.max(spanAt(timeframe, next).toMs, next + baseMs);
}

function factsOf({ compute: _, ...facts }: (typeof indicators)[number]): IndicatorFacts {
  return facts;
}

function nothingShown(pane: string): Failure {
  return { code: 'store.not-found', detail: `The pane ${pane} shows nothing.` };
}
