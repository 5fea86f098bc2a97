/** A text of MQL5 in tokens, each where it stands, so that a rewritten text keeps its lines. */

export type TokenKind =
  'comment' | 'directive' | 'literal' | 'text' | 'letter' | 'word' | 'number' | 'space' | 'sign';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: number;
}

const kinds: readonly TokenKind[] = [
  'comment',
  'directive',
  'literal',
  'text',
  'letter',
  'word',
  'number',
  'space',
  'sign',
];
const pattern = new RegExp(
  [
    /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/,
    /(#[^\n]*(?:\\\n[^\n]*)*)/,
    /([DC]'[^'\n]*')/,
    /("(?:\\.|[^"\\\n])*")/,
    /('(?:\\.|[^'\\\n])+')/,
    /([A-Za-z_]\w*)/,
    /(\d[\w.]*(?:[eE][+-]?\d+)?)/,
    /(\s+)/,
    /(::|->|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]=|[^])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gy',
);

export function tokensOf(source: string): readonly Token[] {
  return [...source.matchAll(pattern)].map((match) => ({
    kind: kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? 'sign',
    text: match[0],
    at: match.index,
  }));
}

const basic =
  'void bool char uchar short ushort int uint long ulong float double string datetime color'.split(
    ' ',
  );

/** Tokens to be walked over: spaces and comments are passed by. */
export class TokenWalk {
  readonly tokens: readonly Token[];
  readonly #types: ReadonlySet<string>;

  constructor(source: string) {
    this.tokens = tokensOf(source);
    const declared = this.tokens.flatMap(({ kind, text }, k) =>
      kind === 'word' && /^(struct|class|enum)$/.test(text) ? [this.textAt(this.after(k))] : [],
    );
    this.#types = new Set([...basic, ...declared]);
  }

  after(k: number): number {
    let next = k + 1;
    while (this.#isIdle(next)) next++;
    return next;
  }

  before(k: number): number {
    let last = k - 1;
    while (this.#isIdle(last)) last--;
    return last;
  }

  textAt(k: number): string {
    return this.tokens[k]?.text ?? '';
  }

  isType(k: number): boolean {
    const token = this.tokens[k];
    if (token?.kind !== 'word') return false;
    return this.#types.has(token.text) || /^(Mql[A-Z]|ENUM_)/.test(token.text);
  }

  isBasic(k: number): boolean {
    return basic.includes(this.textAt(k)) || /^ENUM_/.test(this.textAt(k));
  }

  isWord(k: number): boolean {
    return this.tokens[k]?.kind === 'word';
  }

  /** Whether it stands between the brackets of a function's declaration. */
  isParameter(k: number): boolean {
    const open = this.openBracket(k);
    const name = this.before(open);
    return open >= 0 && this.isWord(name) && this.isType(this.before(name));
  }

  /** The round bracket around it, -1 = there is none in its statement. */
  openBracket(k: number): number {
    let depth = 0;
    for (let at = k; at >= 0; at--) {
      if (this.tokens[at]?.kind !== 'sign') continue;
      const text = this.textAt(at);
      if (text === ')') depth++;
      if (text === '(' && depth-- === 0) return at;
      if (/^[;{}]$/.test(text)) return -1;
    }
    return -1;
  }

  #isIdle(k: number): boolean {
    const kind = this.tokens[k]?.kind;
    return kind === 'space' || kind === 'comment';
  }
}
