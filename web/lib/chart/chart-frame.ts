/** What every chart here has in common: fonts, grid, crosshair, times in UTC or local, theme. */
import {
  createChart,
  CrosshairMode,
  LineStyle,
  TickMarkType,
  type ChartOptions,
  type DeepPartial,
  type IChartApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { monthNames, timeText, type TimeDisplay } from '../words/times.ts';
import { chartColours, type ChartColours } from './colours.ts';

export interface ChartFrame {
  readonly chart: IChartApi;
  colours(): ChartColours;
  /** Reads the colour tokens again; returns them for the chart's own series. */
  repaint(): ChartColours;
  setTimes(display: TimeDisplay): void;
}

/** The library counts in seconds; the rest of the product in milliseconds. */
export function toChartTime(ms: number): UTCTimestamp {
  return (ms / 1000) as UTCTimestamp;
}
export function fromChartTime(time: Time): number {
  return (time as UTCTimestamp) * 1000;
}

/** The word at a mark of the time axis, by what begins there. */
export function tickText(ms: number, type: TickMarkType, display: TimeDisplay): string {
  const text = timeText(ms, display, { seconds: true });
  if (type === TickMarkType.Year) return text.slice(0, 4);
  if (type === TickMarkType.Month) return monthNames[Number(text.slice(5, 7)) - 1] ?? '';
  if (type === TickMarkType.DayOfMonth) return String(Number(text.slice(8, 10)));
  return type === TickMarkType.Time ? text.slice(11, 16) : text.slice(11);
}

function painted(colours: ChartColours): DeepPartial<ChartOptions> {
  const crossLine = {
    color: colours.line,
    style: LineStyle.Dashed,
    labelBackgroundColor: colours.line,
  };
  return {
    layout: {
      background: { color: colours.surface },
      textColor: colours.quiet,
      panes: { separatorColor: colours.grid, separatorHoverColor: colours.grid },
    },
    grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
    crosshair: { mode: CrosshairMode.Normal, vertLine: crossLine, horzLine: crossLine },
    rightPriceScale: { borderColor: colours.grid },
    timeScale: { borderColor: colours.grid },
  };
}
function timed(display: TimeDisplay, intraday: boolean): DeepPartial<ChartOptions> {
  return {
    localization: {
      timeFormatter: (time: Time) =>
        timeText(fromChartTime(time), intraday ? display : 'utc', { dateOnly: !intraday }),
    },
    timeScale: {
      timeVisible: intraday,
      tickMarkFormatter: (time: Time, type: TickMarkType) =>
        tickText(fromChartTime(time), type, intraday ? display : 'utc'),
    },
  };
}

/** An empty chart that fills `element` and follows its size. */
export function createFrame(
  element: HTMLElement,
  options: { readonly times: TimeDisplay; readonly intraday: boolean },
): ChartFrame {
  let colours = chartColours(element);
  const chart = createChart(element, {
    autoSize: true,
    layout: {
      fontSize: 11,
      fontFamily: getComputedStyle(element).fontFamily,
      attributionLogo: true,
    },
    timeScale: { rightOffset: 4, minBarSpacing: 0.05 },
    rightPriceScale: { scaleMargins: { top: 0.12, bottom: 0.08 } },
  });
  chart.applyOptions(painted(colours));
  chart.applyOptions(timed(options.times, options.intraday));
  return {
    chart,
    colours: () => colours,
    repaint() {
      colours = chartColours(element);
      chart.applyOptions(painted(colours));
      return colours;
    },
    setTimes: (display) => chart.applyOptions(timed(display, options.intraday)),
  };
}
