/**
 * Takes out of a text what must not leave the server with logs, error reports and traces.
 *
 * This is the second line: what people type is not put into texts in the first place. It catches
 * what is recognised by its shape: our tokens, keys, recovery codes, e-mail addresses, and what
 * stands after a word such as `password:`.
 */

export const hidden = '[…]';

const longestRead = 10_000;
const longestKept = 2_000;

const rules: readonly [RegExp, string][] = [
  [/otpauth:\/\/[^\s"']+/gi, hidden],
  [/(\/\/)[^\s/@]{1,500}@/g, `$1${hidden}@`],
  [/((?:set-)?cookie|authorization)(["']?\s*[:=])[^\n]*/gi, `$1$2 ${hidden}`],
  [/\b(bearer|basic)\s+[^\s"',]+/gi, `$1 ${hidden}`],
  [
    /(pass(?:word|phrase|wd)|secret|token|api[_-]?key)(["']?\s?[:=]\s?)("[^"\n]*"?|'[^'\n]*'?|[^\s"',;&)}\]]+)/gi,
    `$1$2${hidden}`,
  ],
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[A-Za-z0-9_-]{20,}/gi, hidden],
  [/[^\s@/"'<>()[\]{},;:=%]{1,64}(?:@|%40)[^\s@/"'<>()[\]{},;:=%]{1,253}/g, hidden],
];

/** The text without anything that looks secret or personal, cut to 2,000 characters. */
export function scrub(text: string): string {
  let clean = text.length > longestRead ? text.slice(0, longestRead) : text;
  if (clean.length >= 6) {
    for (const [pattern, replacement] of rules) clean = clean.replace(pattern, replacement);
    clean = clean.replace(/[A-Za-z0-9_+-]{16,}/g, (run) => (looksSecret(run) ? hidden : run));
  }
  return clean.length > longestKept ? `${clean.slice(0, longestKept)}…` : clean;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Chance rather than words: letters of both cases among digits, long hexadecimal, our codes. */
function looksSecret(run: string): boolean {
  if (uuid.test(run)) return false;
  if (/^[0-9a-f]{32,}$/i.test(run)) return true;
  const hasUpper = /[A-Z]/.test(run);
  const hasLower = /[a-z]/.test(run);
  const hasDigit = /[0-9]/.test(run);
  if (hasUpper && hasLower) return run.length >= (hasDigit ? 20 : 40);
  return hasUpper && !hasLower && !run.includes('_') && (hasDigit || run.length >= 20);
}
