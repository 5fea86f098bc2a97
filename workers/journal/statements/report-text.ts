/** The text of a report, in whatever encoding its program wrote it. */
import { createTextDecoder, utf16Of } from '../../import/text.ts';

/** UTF-16 with and without a mark, UTF-8, else the code page of Western Europe. */
export function textOf(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  const text = createTextDecoder()(bytes, true);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    // `fatal` says by throwing that it is no UTF-8; a file cut within a character is.
    const cut = withoutCut(text);
    return cut ?? new TextDecoder('windows-1252').decode(text);
  }
}

function withoutCut(text: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text, { stream: true });
  } catch {
    return null;
  }
}
