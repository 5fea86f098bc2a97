/** Finds what a compiler of C++ takes and MQL5 does not, or takes for something else. */
import { TokenWalk } from './mql5-tokens.ts';

/** Words that MQL5 does not have, or means otherwise. */
const forbidden = new Set(
  (
    'auto nullptr std constexpr decltype using try catch throw goto unsigned signed size_t wchar_t ' +
    'static_assert inline friend mutable explicit noexcept volatile register typedef new delete ' +
    'this dynamic_cast template typename namespace int64_t uint64_t int32_t uint32_t uint8_t ' +
    'reinterpret_cast static_cast const_cast and or not xor bitand bitor compl union virtual ' +
    'operator sizeof NULL'
  ).split(' '),
);
const directives = /^#\s*(property|define|undef|ifdef|ifndef|else|endif)\b/;

/** `line: what is wrong`, in the order of the lines; [] = nothing. */
export function lintMql5(source: string): readonly string[] {
  const walk = new TokenWalk(source);
  const found: { readonly at: number; readonly why: string }[] = [];
  const bad = (at: number, why: string) => found.push({ at, why });
  walk.tokens.forEach((token, k) => {
    const { kind, text, at } = token;
    if (kind === 'word' && forbidden.has(text)) bad(at, `${text} is not for both languages`);
    if (text === '->') bad(at, 'there are no arrows');
    // eslint-disable-next-line no-control-regex
    if (/[^\x00-\x7e]/.test(text)) bad(at, 'not ASCII');
    if (kind === 'directive' && !directives.test(text)) bad(at, 'no such directive');
    if (kind === 'directive' && /\.\.\.|__VA_ARGS__/.test(text))
      bad(at, 'a macro of any arguments');
    if (kind === 'number' && /'/.test(walk.textAt(k + 1))) bad(at, 'a digit separator');
    if (walk.isType(k)) lintType(walk, k, (why) => bad(at, why));
  });
  const clean = withoutTexts(walk);
  for (const [pattern, why] of patterns) {
    for (const match of clean.matchAll(pattern)) bad(match.index, why);
  }
  lintMembers(clean, bad);
  lintReferences(walk, bad);
  const lineOf = (at: number) => source.slice(0, at).split('\n').length;
  const lines = found.sort((a, b) => a.at - b.at).map(({ at, why }) => `${lineOf(at)}: ${why}`);
  return [...new Set(lines)];
}

const scalar = 'bool|char|uchar|short|ushort|int|uint|long|ulong|double|string|datetime';
const patterns: readonly (readonly [RegExp, string])[] = [
  [/\benum\s+class\b/g, 'enum class'],
  [/\[[&=]?\]\s*\(/g, 'a lambda'],
  [/\bfor\s*\(\s*[\w\s&]+:\s*\w/g, 'a loop over a range'],
  [new RegExp(`\\b(?:${scalar})\\s+\\w+\\s*\\{`, 'g'), 'braces that initialise'],
  [new RegExp(`\\b(?:${scalar})\\s+\\w+\\s*:\\s*\\d`, 'g'), 'a bit field'],
  [/\blong\s+(?:long|int|double)\b/g, 'a long of C'],
  [
    new RegExp(`\\b(?:if|while)\\s*\\(\\s*(?:${scalar})\\s+\\w+\\s*=`, 'g'),
    'declared in a condition',
  ],
  [/\bR"/g, 'a raw text'],
  [/\]\s*\[/g, 'more than one dimension'],
  [new RegExp(`\\b(?:${scalar})\\s+\\w+\\s*(?:,\\s*\\w+\\s*)*;`, 'g'), 'a scalar without a value'],
];

/** The program with its comments, and what its texts say, as spaces. */
function withoutTexts({ tokens }: TokenWalk): string {
  return tokens
    .map(({ kind, text }) => {
      if (kind === 'comment') return text.replace(/[^\n]/g, ' ');
      if (kind === 'text') return `"${' '.repeat(text.length - 2)}"`;
      if (kind === 'letter') return `0${' '.repeat(text.length - 1)}`;
      return text;
    })
    .join('')
    .replace(/\b(?:struct|class)\s+\w+\s*\{[^]*?\n\}\s*;/g, (body) =>
      // Members have no values; that they get some is seen by the sanitizers.
      body.replace(new RegExp(`(^|\\n)(\\s*)(?:${scalar})(\\s+\\w+\\s*;)`, 'g'), '$1$2T$3'),
    );
}

function lintType(walk: TokenWalk, k: number, bad: (why: string) => void): void {
  const next = walk.after(k);
  if (walk.textAt(next) === '*') bad('there are no pointers');
  if (walk.textAt(next) === '&') {
    const name = walk.after(next);
    const after = walk.textAt(walk.after(name));
    if (walk.openBracket(k) < 0 && /^[=;(]$/.test(after)) bad('a reference that is no parameter');
    return;
  }
  const isStruct = !walk.isBasic(k);
  const after = walk.textAt(walk.after(next));
  if (isStruct && walk.isWord(next) && walk.isParameter(k) && /^[,)]$/.test(after)) {
    bad('a struct is passed by reference');
  }
  if (walk.isParameter(k) && walk.isWord(next) && after === '[')
    bad('an array is passed by reference');
  if (walk.textAt(walk.before(k)) === 'static' && after === '=') {
    let at = walk.after(next);
    while (walk.textAt(at) !== ';' && walk.textAt(at) !== '') {
      if (walk.textAt(at) === '(') bad('a static value that is computed');
      at++;
    }
  }
}

/** Members that are given a value where they are declared. */
function lintMembers(clean: string, bad: (at: number, why: string) => void): void {
  for (const head of clean.matchAll(/\b(?:class|struct)\s+\w+\s*\{/g)) {
    let depth = 1;
    let statement = '';
    for (let at = head.index + head[0].length; at < clean.length && depth > 0; at++) {
      const letter = clean[at] ?? '';
      if (letter === '{') depth++;
      if (letter === '}') depth--;
      if (depth !== 1 || /[{};]/.test(letter)) {
        if (letter === ';' && /^\s*(?:const\s+)?\w+\s+\w+\s*=/.test(statement)) {
          bad(at, 'a member with a value');
        }
        statement = '';
      } else statement += letter;
    }
  }
}

/** Only a variable may be handed to a parameter that is a reference. */
function lintReferences(walk: TokenWalk, bad: (at: number, why: string) => void): void {
  const references = new Map<string, readonly boolean[]>();
  walk.tokens.forEach((_, k) => {
    const open = walk.after(k);
    const isHead = walk.isWord(k) && walk.isType(walk.before(k)) && walk.textAt(open) === '(';
    if (!isHead) return;
    const parts = argumentsOf(walk, open);
    const isConst = (part: string) => /\bconst\b/.test(part);
    references.set(
      walk.textAt(k),
      parts.map((part) => part.includes('&') && !(isConst(part) && part.includes('[') && false)),
    );
  });
  walk.tokens.forEach(({ at, text }, k) => {
    const isReference = references.get(text);
    const open = walk.after(k);
    if (!isReference?.includes(true) || walk.textAt(open) !== '(') return;
    if (walk.isType(walk.before(k))) return;
    argumentsOf(walk, open).forEach((part, n) => {
      if (isReference[n] && !/^[A-Za-z_][\w.]*(\[[^\]]*\])?(\.\w+)*$/.test(part.trim())) {
        bad(at, `argument ${n + 1} of ${text} has to be a variable`);
      }
    });
  });
}

function argumentsOf(walk: TokenWalk, open: number): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (let at = open; at < walk.tokens.length; at++) {
    const text = walk.textAt(at);
    if (/^[([{]$/.test(text) && depth++ === 0) continue;
    if (/^[)\]}]$/.test(text) && --depth === 0) break;
    if (text === ',' && depth === 1) parts.push('');
    else if (walk.tokens[at]?.kind !== 'comment') parts.push((parts.pop() ?? '') + text);
  }
  return parts;
}
