/** A statement of a broker's, of whatever format, as deals of the journal. */
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { finished, type Draft } from './draft.ts';
import { formats } from './formats.ts';
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
export type OpenedStatement = (choice: StatementChoice) => Result<StatementRead, Failure>;

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
  return opened.ok ? opened.value(choice) : opened;
}

/** To be asked as often as there are answers. Errors: as above, without that of the zone. */
export function openStatement(file: NamedBytes): Result<OpenedStatement, Failure> {
  if (file.bytes.length > MOST_BYTES) {
    const detail = `The file is larger than ${MOST_BYTES / 2 ** 20} MB.`;
    return fail({ code: 'journal.too-large', detail });
  }
  const opened = { ...file, text: isZip(file.bytes) ? '' : textOf(file.bytes) };
  for (const { id, read } of formats) {
    const draft = read(opened);
    if (draft) return ok(answering(id, draft));
  }
  const detail =
    file.bytes.length === 0 ? 'The file is empty.' : `No deals were found in ${file.name}.`;
  return fail({ code: 'journal.format-unknown', detail });
}

const answering =
  (format: string, draft: Draft): OpenedStatement =>
  (choice) =>
    finished(format, draft, choice);
