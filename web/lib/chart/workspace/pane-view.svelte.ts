/** One pane as it is on the screen: its chart, fed by its source, and what the head of the pane says of it. */
import type { BarStyle } from '#core/collections/chart-layout.ts';
import type { Quote } from '#core/broker/instrument.ts';
import type { Failure } from '#core/errors.ts';
import type { Bars } from '#core/market/bars.ts';
import { firstAtOrAfter } from '#core/market/months.ts';
import { DAY_MS } from '#core/market/timeframe.ts';
import type { AskedIndicator, ChartWindow, IndicatorLines } from '#workers/chart/api.ts';
import type { TimeDisplay } from '../../words/times.ts';
import type { ChartEngine } from '../chart-engine.ts';
import type { ChartSource } from '../chart-source.ts';
import type { ShownIndicator } from '../indicator-series.ts';
import { formingBar } from '../live-bar.ts';
import type { PaneChart } from '../pane-chart.ts';
import { longestSessionBarMs, sessionSpans } from '../sessions.ts';
import { withLineTails } from './line-tails.ts';
import { PaneFeed } from './pane-feed.ts';

/** How a pane begins to be shown. */
export interface PaneStart {
  readonly source: ChartSource;
  readonly untilMs: number | null;
  readonly indicators: readonly AskedIndicator[];
  readonly style: BarStyle;
  readonly times: TimeDisplay;
}

export interface PaneViewPorts {
  readonly engine: ChartEngine;
  readonly pane: string;
  onHover(ms: number | null): void;
}

export class PaneView {
  chart = $state.raw<PaneChart | null>(null);
  bars = $state.raw<Bars | null>(null);
  lines = $state.raw<readonly IndicatorLines[]>([]);
  failure = $state.raw<Failure | null>(null);
  isLoading = $state(false);
  hovered = $state<number | null>(null);
  source = $state.raw<ChartSource | null>(null);
  /** A new bar has begun to form: what the one before came to is known by its broker. */
  opened = $state(0);
  private feed: PaneFeed | null = null;
  private waiting: Quote | null = null;
  private isTaking = false;
  private readonly ports: PaneViewPorts;

  constructor(ports: PaneViewPorts) {
    this.ports = ports;
  }

  /** Shows a source in `element` until the returned function is called. */
  open(element: HTMLElement, start: PaneStart): () => void {
    const { source, untilMs, indicators } = start;
    let isGone = false;
    let made: PaneChart | null = null;
    const module = import('../pane-chart.ts');
    const feed = new PaneFeed({
      ...this.ports,
      onWindow: (window, view) =>
        void module.then(({ createPaneChart }) => {
          if (isGone) return;
          made ??= createPaneChart(element, {
            ...{ times: start.times, digits: window.bars.digits, barMs: source.barMs },
            intraday: source.barMs < DAY_MS,
            onHover: (bar) => this.hover(bar),
            onEdge: (edge, viewBars) => void feed.page(edge, viewBars),
          });
          if (this.chart !== made) made.setStyle(start.style);
          this.chart = made;
          this.take(window, view);
        }),
      onTail: (tail, all) => {
        const from = firstAtOrAfter(all.timesMs, tail.bars.timesMs[0]!);
        this.lines = withLineTails(this.lines, tail, from);
        this.bars = all;
        made?.append(tail);
      },
      onLines: (lines) => {
        this.lines = lines;
        made?.setLines(lines);
      },
      onFailure: (failure) => (this.failure = failure),
      onLoading: (isLoading) => (this.isLoading = isLoading),
    });
    this.feed = feed;
    this.source = source;
    void feed.open(source, { untilMs, indicators, view: 'end' });
    return () => {
      isGone = true;
      this.chart = this.feed = this.source = this.bars = null;
      this.lines = [];
      this.hovered = null;
      made?.destroy();
    };
  }

  retry(): void {
    void this.feed?.again();
  }
  /** Goes on with a replay, begins one, or ends it with null. */
  setUntil(
    untilMs: number | null,
    beforeMs: number | null,
    asked: readonly AskedIndicator[],
  ): void {
    const { feed, source } = this;
    if (!feed || !source) return;
    if (untilMs !== null && beforeMs !== null && untilMs > beforeMs) void feed.advance(untilMs);
    else
      void feed.open(source, {
        untilMs,
        indicators: asked,
        view: untilMs === null ? 'keep' : 'end',
      });
  }
  setIndicators(shown: readonly ShownIndicator[], asked: readonly AskedIndicator[]): void {
    this.chart?.setIndicators(shown);
    // What is known of them is drawn at once, before the others are.
    this.chart?.setLines(this.lines);
    void this.feed?.setIndicators(asked);
  }
  /** Bands of the sessions over what is held, or none. */
  setSessions(isShown: boolean): void {
    const { bars, source, chart } = this;
    if (!chart || !bars || !source) return;
    const isFine = isShown && source.barMs < longestSessionBarMs && bars.length > 0;
    const [firstMs = 0, lastMs = 0] = [bars.timesMs[0], bars.timesMs.at(-1)];
    chart.setSessions(isFine ? sessionSpans(firstMs, lastMs + DAY_MS) : []);
  }
  /** A price of now: it moves the last bar, or begins the next. */
  tick(quote: Quote): void {
    this.waiting = quote;
    if (!this.isTaking) void this.takeQuotes();
  }
  async append(bars: Bars): Promise<void> {
    await this.feed?.append(bars);
  }
  async reset(): Promise<void> {
    await this.feed?.toEnd();
    this.chart?.reset();
  }
  async goTo(ms: number): Promise<void> {
    if (await this.feed?.bring(ms)) this.chart?.centre(ms);
  }
  nextMs(): Promise<number | null> {
    return this.feed?.nextMs() ?? Promise.resolve(null);
  }

  /** One at a time; of what comes meanwhile the newest. */
  private async takeQuotes(): Promise<void> {
    this.isTaking = true;
    while (this.waiting) {
      const quote = this.waiting;
      this.waiting = null;
      const { bars, source, feed } = this;
      const formed = bars && source && feed?.isAtEnd && formingBar(bars, quote, source);
      if (!formed) continue;
      const isNew = formed.timesMs[0]! > (bars.timesMs.at(-1) ?? 0);
      await feed.append(formed);
      if (isNew) this.opened++;
    }
    this.isTaking = false;
  }
  private take({ bars, lines }: ChartWindow, view: 'keep' | 'end'): void {
    this.bars = bars;
    this.lines = lines;
    this.hovered = null;
    this.chart?.setBars(bars, lines, view);
  }
  private hover(bar: number | null): void {
    this.hovered = bar;
    this.ports.onHover(bar === null ? null : (this.bars?.timesMs[bar] ?? null));
  }
}
