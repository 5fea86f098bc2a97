/**
 * A letter as HTML that mail programs agree on: one column, styles in place, nothing fetched.
 *
 * Light colours stand in the elements; programs that know dark mode take those of the head.
 */
import { singleLine, type Letter } from './letter.ts';

const font = "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const styles = {
  page: `margin:0;padding:24px 12px;background:#f3f4f6;color:#1a1d21;font:16px/1.5 ${font}`,
  card: 'max-width:520px;margin:0 auto;padding:28px;background:#ffffff;border-radius:8px',
  name: 'margin:0 0 20px;font-weight:600;color:#4b5563',
  title: 'margin:0 0 16px;font-size:20px;line-height:1.3',
  line: 'margin:0 0 16px',
  facts: 'margin:0 0 16px;border-collapse:collapse;font-size:15px',
  fact: 'padding:2px 16px 2px 0;text-align:left;vertical-align:top;font-weight:400;color:#4b5563',
  value: 'padding:2px 0;vertical-align:top;word-break:break-word',
  button:
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff;font-weight:600;text-decoration:none',
  link: 'color:#1d4ed8;word-break:break-all',
  small: 'margin:0 0 12px;font-size:14px;color:#4b5563',
  foot: 'max-width:520px;margin:16px auto 0;padding:0 28px;font-size:13px;color:#4b5563',
} as const;

const dark = `@media (prefers-color-scheme: dark) {
  .page { background: #101214 !important; color: #e6e8ea !important; }
  .card { background: #1a1d21 !important; }
  .soft { color: #a9b0b8 !important; }
  .link { color: #93b4ff !important; }
}`;

/** A whole page; whatever the letter holds stands in it as text, never as markup. */
export function letterHtml(letter: Letter, productUrl: string): string {
  const { subject, paragraphs, otherwise, why } = letter;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>${dark}</style>
</head>
<body class="page" style="${styles.page}">
<div class="card" style="${styles.card}">
<p class="soft" style="${styles.name}">Offing</p>
<h1 style="${styles.title}">${escaped(subject)}</h1>
${paragraphs.map((text) => `<p style="${styles.line}">${escaped(text)}</p>`).join('\n')}
${factTable(letter)}
${button(letter)}
<p class="soft" style="${styles.small}">${escaped(otherwise)}</p>
</div>
<div class="soft" style="${styles.foot}">
<p style="${styles.line}">${escaped(why)}<br>Offing, ${escaped(productUrl)}</p>
</div>
</body>
</html>
`;
}

function factTable({ facts = [] }: Letter): string {
  if (facts.length === 0) return '';
  const rows = facts.map(
    ([name, value]) =>
      `<tr><th scope="row" class="soft" style="${styles.fact}">${escaped(name)}</th>` +
      `<td style="${styles.value}">${escaped(value)}</td></tr>`,
  );
  return `<table style="${styles.facts}">${rows.join('\n')}</table>`;
}

function button({ action }: Letter): string {
  if (!action) return '';
  const link = escaped(action.link);
  return `<p style="${styles.line}"><a href="${link}" style="${styles.button}">${escaped(action.label)}</a></p>
<p class="soft" style="${styles.small}">If the button does not work, copy this address into your browser:<br>
<a class="link" href="${link}" style="${styles.link}">${link}</a></p>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** One line of text, safe between tags and in a quoted attribute. */
export function escaped(text: string): string {
  return markupFree(singleLine(text));
}

/** The text as it is, line ends included, with nothing in it that HTML takes for markup. */
export function markupFree(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
