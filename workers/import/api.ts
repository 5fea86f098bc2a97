/** What the import worker can be asked, over Comlink. */
import type { Failure } from '#core/errors.ts';
import type { Result } from '#core/result.ts';
import type { PriceSeries } from '#core/collections/price-series.ts';

export type ColumnRole =
  | 'ignore'
  | 'time'
  | 'date'
  | 'timeOfDay'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'askOpen'
  | 'askHigh'
  | 'askLow'
  | 'askClose'
  /** Of a tick: the bid, or the only price there is. */
  | 'bid'
  | 'ask'
  | 'volume'
  | 'tickVolume'
  | 'spread';

export interface ImportPreview {
  /** Registry id of the format recognised, `generic` where none was. */
  readonly format: string;
  readonly separator: string;
  readonly columns: readonly { readonly header: string; readonly role: ColumnRole }[];
  /** The first rows as text, at most 20. */
  readonly rows: readonly (readonly string[])[];
  readonly symbol: string;
  /** `ticks` where rows are single quotes. */
  readonly timeframe: string | null;
  /** The zone that the file itself states (`Z`, an offset, epoch seconds), else null: ask. */
  readonly statedZone: string | null;
  readonly suggestedZone: string;
  /** Date layout where the file leaves it open: 03/04/2024. */
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
  readonly bytes: number;
}

export interface ImportRequest {
  readonly importId: string;
  readonly symbol: string;
  readonly timeframe: string | null;
  readonly zone: string;
  readonly dateOrder: 'ymd' | 'dmy' | 'mdy';
  readonly format: string;
  readonly roles: readonly ColumnRole[];
  /** What to do with a bar already stored with other prices; ticks are only ever added. */
  readonly onConflict: 'keep' | 'replace';
}

export interface LineProblem {
  /** One-based line in the unpacked file. */
  readonly line: number;
  readonly kind:
    | 'unreadable'
    | 'impossible-prices'
    | 'duplicate'
    | 'out-of-order'
    | 'gap'
    | 'conflict'
    | 'skipped-hour'
    | 'repeated-hour';
  readonly text: string;
}

export interface ImportReport {
  readonly series: PriceSeries;
  readonly rows: number;
  readonly added: number;
  readonly unchanged: number;
  readonly replaced: number;
  readonly counts: Readonly<Record<LineProblem['kind'], number>>;
  /** The first 1,000 of each kind. */
  readonly problems: readonly LineProblem[];
  readonly tookMs: number;
}

export interface ImportProgress {
  readonly stage: 'reading' | 'checking' | 'saving';
  readonly ratio: number;
}

export interface ImportWorker {
  /** With `roles`, as the file reads once its columns hold these. */
  preview(
    file: Blob,
    fileName: string,
    roles?: readonly ColumnRole[],
  ): Promise<Result<ImportPreview, Failure>>;
  /** Stores all bars or ticks of the file in one transaction, or none. */
  run(
    file: Blob,
    fileName: string,
    request: ImportRequest,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<Result<ImportReport, Failure>>;
  cancel(importId: string): Promise<void>;
  /** Stores the bars of `timeframe` that the stored ticks of `symbol` make. */
  makeBars(symbol: string, timeframe: string): Promise<Result<PriceSeries, Failure>>;
}
