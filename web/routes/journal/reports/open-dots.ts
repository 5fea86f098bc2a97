/** Round trips as dots of MAE and result: where each lies, which is nearest, and the table behind. */
import type { OpenDot } from '#core/journal/while-open.ts';
import type { Range } from '#lib/backtest/report-shapes.ts';
import { plain } from '#lib/journal/open-words.ts';
import { toneOf } from '#lib/journal/trip-words.ts';
import type { Column } from '#lib/ui/table.ts';
import { sideWords } from '#lib/words/orders.ts';
import { timeText, zoneLabel, type TimeDisplay } from '#lib/words/times.ts';
import { say } from '#lib/words/language.ts';

export interface DotPlane {
  readonly across: Range;
  readonly up: Range;
}

export interface Spot {
  /** From the left and from the top of what is drawn, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export function spotOf(dot: OpenDot, { across, up }: DotPlane, { width, height }: Size): Spot {
  return {
    x: (width * (dot.mae - across.low)) / (across.high - across.low),
    y: height * (1 - (dot.value - up.low) / (up.high - up.low)),
  };
}

/** The place of the dot that is nearest to a spot; null without dots. */
export function nearestDot(
  dots: readonly OpenDot[],
  spot: Spot,
  plane: DotPlane,
  size: Size,
): number | null {
  let found: number | null = null;
  let least = Infinity;
  for (const [at, dot] of dots.entries()) {
    const { x, y } = spotOf(dot, plane, size);
    const apart = (x - spot.x) ** 2 + (y - spot.y) ** 2;
    if (apart < least) [found, least] = [at, apart];
  }
  return found;
}

export function dotColumns(
  times: TimeDisplay,
  amount: boolean,
  text: (value: number) => string,
): readonly Column<OpenDot>[] {
  const shown = { number: true, amount };
  return [
    {
      ...{ id: 'closed', label: say`Closed`, unit: zoneLabel(times) },
      value: ({ closedMs }) => closedMs,
      text: ({ closedMs }) => timeText(closedMs, times),
    },
    { id: 'symbol', label: say`Symbol`, value: ({ symbol }) => symbol },
    {
      ...{ id: 'side', label: say`Side`, minor: true },
      value: ({ side }) => side,
      text: ({ side }) => sideWords[side],
    },
    {
      ...{ ...shown, id: 'mae', label: 'MAE' },
      value: ({ mae }) => mae,
      text: ({ mae }) => plain(text(mae)),
    },
    {
      ...{ ...shown, id: 'mfe', label: 'MFE', minor: true },
      value: ({ mfe }) => mfe,
      text: ({ mfe }) => plain(text(mfe)),
    },
    {
      ...{ ...shown, id: 'result', label: say`Result` },
      value: ({ value }) => value,
      text: ({ value }) => text(value),
      tone: ({ value }) => toneOf(value),
    },
  ];
}
