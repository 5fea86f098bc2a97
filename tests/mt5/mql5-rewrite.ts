/**
 * Makes C++ of MQL5: texts, letters, arrays and inputs are written otherwise there.
 *
 * Line numbers stay, so that what the compiler or a sanitizer says is found in the program.
 */
import { TokenWalk } from './mql5-tokens.ts';

export function rewriteMql5(source: string, name: string): string {
  const walk = new TokenWalk(source);
  const out = walk.tokens.map(({ text }) => text);
  walk.tokens.forEach(({ kind, text }, k) => {
    if (kind === 'directive' && /^#\s*property/.test(text)) out[k] = `//${text}`;
    if (kind === 'text') out[k] = `${text}_s`;
    if (kind === 'letter') out[k] = `((ushort)${text})`;
    if (text === 'input') rewriteInput(walk, out, k);
    if (walk.isType(k)) rewriteArray(walk, out, k);
  });
  // A text of a macro is one as well.
  const whole = out.map((text, k) =>
    walk.tokens[k]?.kind === 'directive' && text.startsWith('#define')
      ? text.replace(/"(?:\\.|[^"\\])*"/g, (found) => `${found}_s`)
      : text,
  );
  return `#line 1 "${name}"\n${whole.join('')}`;
}

/** `input T name = value;` takes its value from the surroundings of the process. */
function rewriteInput(walk: TokenWalk, out: string[], k: number): void {
  const type = walk.after(k);
  const name = walk.after(type);
  const equals = walk.after(name);
  let end = equals;
  while (walk.textAt(end) !== ';') end++;
  out[k] = 'static const';
  out[equals] = `= mql_input<${walk.textAt(type)}>("${walk.textAt(name)}",`;
  out[end] = ');';
}

/** `T a[]`, `T &a[]` and `T a[4]` are types of their own. */
function rewriteArray(walk: TokenWalk, out: string[], k: number): void {
  let name = walk.after(k);
  const isReference = walk.textAt(name) === '&';
  if (isReference) name = walk.after(name);
  const open = walk.after(name);
  if (!walk.isWord(name) || walk.textAt(open) !== '[') return;
  let close = open;
  while (walk.textAt(close) !== ']') close++;
  const size = out
    .slice(open + 1, close)
    .join('')
    .trim();
  out[k] =
    size === '' || isReference ? `MqlArr<${walk.textAt(k)}>` : `MqlFix<${walk.textAt(k)},${size}>`;
  for (let at = open; at <= close; at++) out[at] = '';
}
