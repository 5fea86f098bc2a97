/** A time of fixed width cut into what changes seldom, the date, and what changes always, the clock. */
import { makeTemplate, type TimeTemplate } from './time-text.ts';

export interface TimePlan {
  readonly length: number;
  /** The date, from four to twelve bytes in one piece: while they stay the same, so does the day. */
  readonly dateAt: number;
  readonly dateLength: number;
  /** The date alone, by positions in the row. */
  readonly date: TimeTemplate;
  /** Positions of the clock's digits in the row; -1 = none. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
  /** Bytes outside the date that must be what they are: at least four, the last repeated. */
  readonly literalAt: Int32Array;
  readonly literalByte: Int32Array;
  /** Stated by the literals. */
  readonly offsetMs: number;
  readonly epochUnitMs: number;
}

const FEWEST_LITERALS = 4;

/** A plan for the time cell, or for date and clock beside each other; null where none is possible. */
export function planTime(
  date: TimeTemplate,
  clock: TimeTemplate | null,
  separator: number,
): TimePlan | null {
  const template = clock === null ? date : joinTemplates(date, clock, separator);
  if (template.epochUnitMs > 0) return planOf(template, template, 0, 0, [], []);
  if (template.year < 0) return null;
  const starts = [template.year, template.month, template.day];
  const dateAt = Math.min(...starts);
  const dateEnd = Math.max(template.year + 4, template.month + 2, template.day + 2);
  const inDate = template.literalAt.map((at) => at > dateAt && at < dateEnd);
  const literalAt = template.literalAt.filter((_, i) => !inDate[i]);
  const literalByte = template.literalByte.filter((_, i) => !inDate[i]);
  const dateTemplate = makeTemplate({
    ...template,
    offsetMs: null,
    hour: -1,
    minute: -1,
    second: -1,
    millisecond: -1,
    literalAt: template.literalAt.filter((_, i) => inDate[i]),
    literalByte: template.literalByte.filter((_, i) => inDate[i]),
  });
  const dateLength = dateEnd - dateAt;
  return planOf(template, dateTemplate, dateAt, dateLength, literalAt, literalByte);
}

/** One literal, so that all plans have one shape and the code compiled for it stays. */
function planOf(
  template: TimeTemplate,
  date: TimeTemplate,
  dateAt: number,
  dateLength: number,
  literalAt: readonly number[],
  literalByte: readonly number[],
): TimePlan {
  return {
    length: template.length,
    dateAt,
    dateLength,
    date,
    hour: template.hour,
    minute: template.minute,
    second: template.second,
    millisecond: template.millisecond,
    literalAt: Int32Array.from(repeatLast(literalAt)),
    literalByte: Int32Array.from(repeatLast(literalByte)),
    offsetMs: template.offsetMs ?? 0,
    epochUnitMs: template.epochUnitMs,
  };
}

function repeatLast(values: readonly number[]): number[] {
  const length = Math.max(FEWEST_LITERALS, values.length);
  return Array.from({ length }, (_, i) => values[Math.min(i, values.length - 1)] ?? -1);
}

/** The two cells read as one text, the separator between them a literal. */
function joinTemplates(date: TimeTemplate, clock: TimeTemplate, separator: number): TimeTemplate {
  const shift = date.length + 1;
  const moved = (at: number) => (at < 0 ? -1 : at + shift);
  return {
    ...date,
    length: shift + clock.length,
    hour: moved(clock.hour),
    minute: moved(clock.minute),
    second: moved(clock.second),
    millisecond: moved(clock.millisecond),
    literalAt: [...date.literalAt, date.length, ...clock.literalAt.map(moved)],
    literalByte: [...date.literalByte, separator, ...clock.literalByte],
    offsetMs: clock.offsetMs ?? date.offsetMs,
  };
}
