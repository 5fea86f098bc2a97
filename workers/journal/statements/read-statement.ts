/** A statement of a broker's, of whatever format, as deals of the journal. */
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import { finished } from './draft.ts';
import { formats } from './formats.ts';
import { textOf } from './report-text.ts';
import { isZip } from './workbook.ts';
import type { StatementChoice, StatementRead } from './statement.ts';

/** A hundred thousand deals are some sixty. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Its account is null where neither the file nor the trader says one; deals then have ''.
 *
 * Errors: `journal.format-unknown`, `journal.too-large`, `journal.zone-unknown`.
 */
export function readStatement(
  file: { readonly name: string; readonly bytes: Uint8Array },
  choice: StatementChoice,
): Result<StatementRead, Failure> {
  if (file.bytes.length > MOST_BYTES) {
    const detail = `The file is larger than ${MOST_BYTES / 2 ** 20} MB.`;
    return fail({ code: 'journal.too-large', detail });
  }
  const opened = { ...file, text: isZip(file.bytes) ? '' : textOf(file.bytes) };
  for (const { id, read } of formats) {
    const draft = read(opened);
    if (draft) return finished(id, draft, choice);
  }
  const detail =
    file.bytes.length === 0 ? 'The file is empty.' : `No deals were found in ${file.name}.`;
  return fail({ code: 'journal.format-unknown', detail });
}
