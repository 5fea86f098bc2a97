/** A file of a broker's looked into, and kept as a statement. */
import type { Failure } from '#core/errors.ts';
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { Database } from '#workers/store/database.ts';
import { storeFailure } from '#workers/store/failure.ts';
import { writeDeals } from '#workers/store/statement-content.ts';
import { writing } from '#workers/store/writing.ts';
import type { StatementPreview } from './api.ts';
import { underKnownNames } from './known-names.ts';
import type { ListColumns } from './statements/list-columns.ts';
import { openStatement, type OpenedStatement } from './statements/read-statement.ts';
import type { StatementChoice, StatementRead } from './statements/statement.ts';
import type { TripBook } from './trip-book.ts';

export interface FileReading {
  /** Errors: `journal.*`. */
  read(file: File, choice: StatementChoice): Promise<Result<StatementRead, Failure>>;
  /** Where it is a list of trades, or may be one. Errors: as above, but for an unknown format. */
  columns(file: File): Promise<Result<ListColumns | null, Failure>>;
  /** Lets go of the file that was read last. */
  forget(): void;
}

/** The file that was read last is not read again for other answers. */
export function fileReading(): FileReading {
  let last: { readonly key: string; readonly opened: OpenedStatement } | null = null;
  let forgotten = 0;
  return {
    async read(file, choice) {
      const key = `${file.size} ${file.lastModified} ${file.name}`;
      if (last?.key !== key) {
        last = null;
        const before = forgotten;
        const bytes = new Uint8Array(await file.arrayBuffer());
        const opened = openStatement({ name: file.name, bytes });
        if (!opened.ok) return opened;
        // Who let go of it while it was read will not ask for it again.
        if (before !== forgotten) return opened.value.answered(choice);
        last = { key, opened: opened.value };
      }
      return last.opened.answered(choice);
    },
    async columns(file) {
      const read = await this.read(file, {});
      // Whatever it came to, it is open now.
      return read.ok || read.error.code === 'journal.format-unknown'
        ? ok(last?.opened.columns ?? null)
        : read;
    },
    forget: () => {
      forgotten++;
      last = null;
    },
  };
}

/** With its deals under the names that the journal has them by. */
export function knownIn(read: StatementRead, book: TripBook): StatementRead {
  return { ...read, deals: underKnownNames(read.deals, book) };
}

export function previewOf({ deals, ...read }: StatementRead, book: TripBook): StatementPreview {
  const [known, moved] = [book.known(deals), book.moved(deals)];
  return { read, deals: deals.length, known, moved, ...spanOf(deals) };
}

function spanOf(deals: readonly JournalDeal[]) {
  let [firstMs, lastMs] = [Infinity, -Infinity];
  for (const { atMs } of deals)
    [firstMs, lastMs] = [Math.min(firstMs, atMs), Math.max(lastMs, atMs)];
  return deals.length === 0 ? { firstMs: null, lastMs: null } : { firstMs, lastMs };
}

export interface Kept {
  readonly fileName: string;
  readonly read: StatementRead;
  readonly choice: StatementChoice;
  readonly id: string;
  readonly nowMs: number;
}

/** Writes the row and its deals together. Errors: `store.*`. */
export async function keepStatement(
  database: Database,
  { fileName, read, choice, id, nowMs }: Kept,
): Promise<Result<null, Failure>> {
  const { statementBytes } = database;
  const bytes = writeDeals(read.deals);
  const { format, startBalance, endBalance } = read;
  const fields = {
    ...{ fileName, format, startBalance, endBalance, importedMs: nowMs },
    account: read.deals[0]?.account ?? read.account ?? '',
    currency: choice.currency ?? read.currency,
    zone: choice.zone ?? read.statedZone ?? 'UTC',
    ...{ deals: read.deals.length, ...spanOf(read.deals), bytes: bytes.length },
  };
  try {
    await writing(
      { database, collections: ['statements'], also: [statementBytes] },
      async (write) => {
        await statementBytes.put({ statementId: id, bytes });
        await write([{ kind: 'put', collection: 'statements', id, fields }]);
      },
    );
    return ok(null);
  } catch (error) {
    return fail(storeFailure(error));
  }
}
