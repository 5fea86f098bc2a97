/** A line of CSV (RFC 4180) that no spreadsheet takes for a formula. */

export function csvLine(values: readonly (string | number)[]): string {
  const text = (value: string | number) =>
    typeof value === 'number' ? String(value) : safeCell(value);
  return `${values.map(text).join(',')}\r\n`;
}

/**
 * Text that a spreadsheet shows as text.
 *
 * A cell opening with = + - @ or a control character would run as a formula: an apostrophe
 * disarms it. Source: OWASP, CSV injection.
 */
export function safeCell(text: string): string {
  const disarmed = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\t\r\n]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}
