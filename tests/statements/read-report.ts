/** A report's text read as a statement, for tests. */
import { readStatement } from '../../workers/journal/statements/read-statement.ts';
import type { StatementChoice, StatementRead } from '../../workers/journal/statements/statement.ts';
import { bytesOf, type ReportManner } from './mt5-html.ts';

export function read(
  text: string | Uint8Array,
  { encoding, ...choice }: StatementChoice & Pick<ReportManner, 'encoding'> = {},
): StatementRead {
  const bytes = typeof text === 'string' ? bytesOf(text, encoding) : text;
  const result = readStatement({ name: 'statement', bytes }, { zone: 'UTC', ...choice });
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.detail}`);
  return result.value;
}
