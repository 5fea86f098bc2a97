/** A statement of a broker's, of whatever format, as deals of the journal. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { finished, type Draft } from './draft.ts';
import { columnsIn, formats, listFormat, saidList, type StatementFile } from './formats.ts';
import type { ListColumns } from './list-columns.ts';
import { textOf } from './report-text.ts';
import { isZip } from './workbook.ts';
import type { StatementChoice, StatementRead } from './statement.ts';

/** A hundred thousand deals are some sixty. */
const MOST_BYTES = 256 * 2 ** 20;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A statement that is read but for the trader's answers. */
export interface OpenedStatement {
  /** Error: also `journal.format-unknown`. */
  answered(choice: StatementChoice): Result<StatementRead, Failure>;
  /** Where it is a list of trades, or may be one. */
  readonly columns: ListColumns | null;
}

/**
 * Its account is null where neither the file nor the trader says one; deals then have ''.
 *
 * Errors: `journal.format-unknown`, `journal.too-large`, `journal.zone-unknown`.
 */
export function readStatement(
  file: NamedBytes,
  choice: StatementChoice,
): Result<StatementRead, Failure> {
  const opened = openStatement(file);
  return opened.ok ? opened.value.answered(choice) : opened;
}

/** To be asked as often as there are answers. Error: `journal.too-large`. */
export function openStatement(file: NamedBytes): Result<OpenedStatement, Failure> {
  if (file.bytes.length > MOST_BYTES) {
    const detail = `The file is larger than ${MOST_BYTES / 2 ** 20} MB.`;
    return fail({ code: 'journal.too-large', detail });
  }
  const opened = { ...file, text: isZip(file.bytes) ? '' : textOf(file.bytes) };
  for (const { id, read } of formats) {
    const draft = read(opened);
    if (!draft) continue;
    if (id === listFormat) return ok(listOpened(opened, draft));
    return ok({ columns: null, answered: (choice) => finished(id, draft, choice) });
  }
  return ok(listOpened(opened, null));
}

/** By its own names, or as the trader says of its columns: then it is looked through again. */
function listOpened(file: StatementFile, own: Draft | null): OpenedStatement {
  let last: { readonly key: string; readonly draft: Draft | null } | null = null;
  const unknown = fail({
    code: 'journal.format-unknown',
    detail: file.bytes.length === 0 ? 'The file is empty.' : `No deals were found in ${file.name}.`,
  } as const);
  return {
    columns: columnsIn(file),
    answered(choice) {
      let draft = own;
      if (choice.columns) {
        const key = JSON.stringify(choice.columns);
        if (last?.key !== key) last = { key, draft: saidList(file, choice.columns) };
        ({ draft } = last);
      }
      return draft ? finished(listFormat, draft, choice) : unknown;
    },
  };
}
