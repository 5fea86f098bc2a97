/**
 * Feeds one pane: loads windows of its source, pages as it is scrolled, computes indicators, and
 * passes on what follows at the end. Of two questions only the answer to the later one counts.
 */
import type { Failure } from '#core/errors.ts';
import { withTail } from '#core/market/joined-bars.ts';
import type { Bars } from '#core/market/bars.ts';
import type {
  AskedIndicator,
  ChartTail,
  ChartWindow,
  ChartWorker,
  IndicatorLines,
} from '#workers/chart/api.ts';
import type { ChartEngine } from '../chart-engine.ts';
import type { ChartSource } from '../chart-source.ts';
import {
  newerWindow,
  newestWindow,
  olderWindow,
  windowAround,
  type BarWindow,
} from '../bar-window.ts';

export interface FeedPorts {
  readonly engine: Pick<ChartEngine, 'ask'>;
  readonly pane: string;
  onWindow(window: ChartWindow, view: 'keep' | 'end'): void;
  onTail(tail: ChartTail, all: Bars): void;
  onLines(lines: readonly IndicatorLines[]): void;
  onFailure(failure: Failure | null): void;
  onLoading(isLoading: boolean): void;
}

export interface FeedStart {
  readonly untilMs: number | null;
  readonly indicators: readonly AskedIndicator[];
  /** Comes back to where it was, as far as that is there. */
  readonly view: 'keep' | 'end';
}

type TailQuestion = (
  pane: string,
  worker: Pick<ChartWorker, 'append' | 'advance'>,
) => ReturnType<ChartWorker['advance']>;

export class PaneFeed {
  private source: ChartSource | null = null;
  private indicators: readonly AskedIndicator[] = [];
  private untilMs: number | null = null;
  private at: BarWindow = newestWindow;
  private bars: Bars | null = null;
  private hasOlder = false;
  private turn = 0;
  private isLoading = false;
  private readonly ports: FeedPorts;

  constructor(ports: FeedPorts) {
    this.ports = ports;
  }

  get isAtEnd(): boolean {
    return this.at.beforeMs === null;
  }
  async open(source: ChartSource, { untilMs, indicators, view }: FeedStart): Promise<void> {
    this.source = source;
    this.indicators = indicators;
    this.untilMs = untilMs;
    await this.load(newestWindow, view);
  }
  again(): Promise<void> {
    return this.load(this.at, 'end');
  }
  async page(edge: 'older' | 'newer', viewBars: number): Promise<void> {
    const { bars, source } = this;
    if (!bars || !source || this.isLoading) return;
    const seriesFirstMs = this.hasOlder ? -Infinity : (bars.timesMs[0] ?? 0);
    const next =
      edge === 'older'
        ? olderWindow(this.at, bars.timesMs, { seriesFirstMs, viewBars })
        : newerWindow(this.at);
    if (next) await this.load(next, 'keep');
  }
  /** Loads what lies around a time where it is not held; true where its bar is there then. */
  async bring(ms: number): Promise<boolean> {
    const { bars, source } = this;
    if (!bars || !source) return false;
    const isHeld = ms >= (bars.timesMs[0] ?? Infinity) && ms <= (bars.timesMs.at(-1) ?? -Infinity);
    if (!isHeld) await this.load(windowAround(ms, source.barMs), 'end');
    return this.bars !== bars || isHeld;
  }
  async toEnd(): Promise<void> {
    if (!this.isAtEnd) await this.load(newestWindow, 'end');
  }

  async setIndicators(indicators: readonly AskedIndicator[]): Promise<void> {
    this.indicators = indicators;
    if (!this.bars || this.isLoading) return;
    const { turn } = this;
    const { pane, engine } = this.ports;
    const made = await engine.ask((worker) => worker.lines(pane, indicators));
    if (turn !== this.turn || this.indicators !== indicators) return;
    if (made.ok) this.ports.onLines(made.value);
    else await this.again();
  }
  /** Bars that follow, or stand for the last one; only where the newest are shown. */
  async append(bars: Bars): Promise<void> {
    if (!this.isAtEnd || this.isLoading) return;
    await this.take((pane, worker) => worker.append(pane, bars));
  }
  async advance(untilMs: number): Promise<void> {
    this.untilMs = untilMs;
    if (!this.isAtEnd) return this.load(newestWindow, 'end');
    await this.take((pane, worker) => worker.advance(pane, untilMs));
  }
  async nextMs(): Promise<number | null> {
    const { pane, engine } = this.ports;
    const next = await engine.ask((worker) => worker.nextMs(pane));
    return next.ok ? next.value : null;
  }

  private async take(question: TailQuestion): Promise<void> {
    const { turn } = this;
    const { pane, engine } = this.ports;
    const made = await engine.ask((worker) => question(pane, worker));
    if (turn !== this.turn || !this.bars) return;
    if (!made.ok) return this.ports.onFailure(made.error);
    if (!made.value) return;
    this.bars = withTail(this.bars, made.value.bars);
    this.ports.onTail(made.value, this.bars);
  }

  private async load(at: BarWindow, view: 'keep' | 'end'): Promise<void> {
    const { source, untilMs, indicators } = this;
    if (!source) return;
    const turn = ++this.turn;
    this.busy(true);
    const made = await source.load({ beforeMs: at.beforeMs, untilMs, indicators });
    if (turn !== this.turn) return;
    this.busy(false);
    this.ports.onFailure(made.ok ? null : made.error);
    if (!made.ok) return;
    this.at = at;
    this.bars = made.value.bars;
    this.hasOlder = made.value.hasOlder;
    this.ports.onWindow(made.value, view);
    // Chosen while they were computed for others.
    if (this.indicators !== indicators) await this.setIndicators(this.indicators);
  }
  private busy(isLoading: boolean): void {
    this.isLoading = isLoading;
    this.ports.onLoading(isLoading);
  }
}
