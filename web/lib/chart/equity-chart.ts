/** Equity above, drawdown below, one time axis: the two panes of a run's result. */
import { AreaSeries, LineSeries, LineStyle, type MouseEventParams } from 'lightweight-charts';
import { numberText } from '../words/numbers.ts';
import type { TimeDisplay } from '../words/times.ts';
import { createFrame, toChartTime } from './chart-frame.ts';
import type { EquityPoint } from '#core/statistics/equity-points.ts';

export interface EquityChartOptions {
  readonly times: TimeDisplay;
  readonly intraday: boolean;
  readonly onHover: (point: EquityPoint | null) => void;
}

export interface EquityChart {
  /** Shows the whole run; `startEquity` is marked by a dotted line. */
  setEquity(points: readonly EquityPoint[], startEquity: number): void;
  setAmounts(amounts: 'shown' | 'hidden'): void;
  setTimes(display: TimeDisplay): void;
  fit(): void;
  repaint(): void;
  image(): HTMLCanvasElement;
  destroy(): void;
}

export function createEquityChart(element: HTMLElement, options: EquityChartOptions): EquityChart {
  const frame = createFrame(element, options);
  const { chart } = frame;
  let points: readonly EquityPoint[] = [];
  let startLine: ReturnType<typeof equity.createPriceLine> | undefined;
  const equity = chart.addSeries(LineSeries, { lineWidth: 2, priceLineVisible: false }, 0);
  const drawdown = chart.addSeries(
    AreaSeries,
    {
      lineWidth: 1,
      invertFilledArea: true,
      priceLineVisible: false,
      lastValueVisible: false,
      priceFormat: {
        type: 'custom',
        minMove: 0.0001,
        formatter: (ratio: number) => `${numberText(ratio * 100, 1)} %`,
      },
    },
    1,
  );
  drawdown.priceScale().applyOptions({ scaleMargins: { top: 0.03, bottom: 0.1 } });
  chart.panes()[0]?.setStretchFactor(3);
  chart.panes()[1]?.setStretchFactor(1);
  chart.timeScale().applyOptions({ rightOffset: 0 });

  function paint(colours = frame.colours()): void {
    equity.applyOptions({ color: colours.accent });
    drawdown.applyOptions({
      lineColor: colours.down,
      topColor: colours.downFaint,
      bottomColor: colours.downFaint,
    });
    startLine?.applyOptions({ color: colours.line });
  }
  paint();

  chart.subscribeCrosshairMove((event: MouseEventParams) => {
    const at = event.point && event.logical !== undefined ? Math.round(event.logical) : -1;
    options.onHover(points[at] ?? null);
  });

  // A wider chart shows no more by itself; one in which all was in sight keeps it so.
  let fitted = true;
  const fit = () => {
    fitted = true;
    chart.timeScale().fitContent();
  };
  chart.timeScale().subscribeSizeChange(() => {
    if (fitted) chart.timeScale().fitContent();
  });
  for (const moved of ['wheel', 'pointerdown'] as const) {
    element.addEventListener(moved, () => (fitted = false), { passive: true });
  }

  return {
    setEquity(given, startEquity) {
      points = given;
      equity.setData(points.map((each) => ({ time: toChartTime(each.ms), value: each.equity })));
      drawdown.setData(
        points.map((each) => ({ time: toChartTime(each.ms), value: each.drawdownRatio })),
      );
      if (startLine) equity.removePriceLine(startLine);
      startLine = equity.createPriceLine({
        price: startEquity,
        color: frame.colours().line,
        lineStyle: LineStyle.Dotted,
        lineWidth: 1,
        axisLabelVisible: false,
        title: '',
      });
      fit();
    },
    setAmounts(amounts) {
      const formatter = (value: number) => (amounts === 'hidden' ? '•••' : numberText(value, 0));
      equity.applyOptions({ priceFormat: { type: 'custom', minMove: 0.01, formatter } });
    },
    setTimes: frame.setTimes,
    fit,
    repaint: () => paint(frame.repaint()),
    image: () => chart.takeScreenshot(true),
    destroy: () => chart.remove(),
  };
}
