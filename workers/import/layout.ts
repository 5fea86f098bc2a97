/** How a text file of bars is laid out: what each column means and how its times are written. */
import type { ColumnRole } from './api.ts';
import type { TimeTemplate } from './time-text.ts';

export type DateOrder = 'ymd' | 'dmy' | 'mdy';

export interface Layout {
  /** Id in `formats/registry.ts`. */
  readonly format: string;
  readonly separator: string;
  readonly decimal: '.' | ',';
  /** The byte that ends a line: line feed, or carriage return in very old files. */
  readonly lineEnd: 10 | 13;
  /** Lines before the first row: header, titles, blank lines. */
  readonly headerLines: number;
  readonly headers: readonly string[];
  readonly roles: readonly ColumnRole[];
  readonly dateOrder: DateOrder;
  /** Each row names its own offset from UTC, or counts seconds since 1970. */
  readonly statesOffset: boolean;
  /** No row has a time of day. */
  readonly datesAlone: boolean;
  /** The zone that the file itself states, else null. */
  readonly statedZone: string | null;
  readonly suggestedZone: string;
  readonly timeTemplate: TimeTemplate | null;
  readonly timeOfDayTemplate: TimeTemplate | null;
}

/** The first rows of a file, as its format is recognised by them. */
export interface Sample {
  readonly fileName: string;
  readonly separator: string;
  /** Lower case and trimmed; null when the first line is a row. */
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
}

/** What a format knows of a file that is its own. */
export interface Recognition {
  readonly roles: readonly ColumnRole[];
  readonly statedZone: string | null;
  readonly suggestedZone: string;
}

export interface Format {
  /** Stored with every import: never renamed. */
  readonly id: string;
  /** Null when the sample is not of this format. */
  readonly recognise: (sample: Sample) => Recognition | null;
}

/** Server time of most MetaTrader brokers: the day ends at 17:00 in New York. */
export const BROKER_ZONE = 'America/New_York+07:00';
