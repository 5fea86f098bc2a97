/** The words and signs of a statement, for saying where it goes wrong. */
import type { Span } from './syntax.ts';

export interface Token extends Span {
  readonly text: string;
  readonly kind: 'word' | 'number' | 'text' | 'sign';
}

const pattern =
  /#[^\n]*|\s+|([A-Za-z_]\w*)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|("[^"\n]*")|(<=|>=|==|!=|<>|&&|\|\||.)/gsu;

/** Without comments and blank space; offsets count from the beginning of the whole text. */
export function tokensOf(source: string, span: Span): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of source.slice(span.from, span.to).matchAll(pattern)) {
    const kind = match[1]
      ? 'word'
      : match[2]
        ? 'number'
        : match[3]
          ? 'text'
          : match[4]
            ? 'sign'
            : null;
    if (kind === null) continue;
    const from = span.from + match.index;
    tokens.push({ kind, text: match[0], from, to: from + match[0].length });
  }
  return tokens;
}
