/** Indicators and a rule in C, compiled here when a compiler is present, run on the same columns. */
import { join } from 'node:path';
import { compileC } from '../compile-c.ts';

export interface CColumn {
  readonly medianMs: number;
  /** Its last value; of the rule, on how many bars it holds. */
  readonly last: number;
}

export interface ColumnsRival {
  readonly run: (repetitions: number) => Readonly<Record<string, CColumn>>;
  readonly close: () => void;
}

/** High, low, close and the four columns that the rule reads. Null where there is no compiler. */
export function compileColumns(columns: readonly Float64Array[]): ColumnsRival | null {
  const bytes = (column: Float64Array | BigInt64Array) =>
    Buffer.from(column.buffer as ArrayBuffer, column.byteOffset, column.byteLength);
  const bars = BigInt64Array.of(BigInt(columns[0]!.length));
  const input = Buffer.concat([bytes(bars), ...columns.map(bytes)]);
  const program = compileC(join(import.meta.dirname, 'columns.c'), input);
  return (
    program && {
      run: (repetitions) =>
        JSON.parse(program.run(String(repetitions))) as Readonly<Record<string, CColumn>>,
      close: program.close,
    }
  );
}
