/** The text of a report, in whatever encoding its program wrote it. */
import { createTextDecoder, utf16Of } from '../../import/text.ts';

/** UTF-16 with and without a mark, UTF-8, else the code page of Western Europe. */
export function textOf(bytes: Uint8Array): string {
  const wide = utf16Of(bytes);
  if (wide)
    return (wide === 'utf-16le' ? plainWide(bytes) : null) ?? new TextDecoder(wide).decode(bytes);
  const text = createTextDecoder()(bytes, true);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    // `fatal` says by throwing that it is no UTF-8; a file cut within a character is.
    const cut = withoutCut(text);
    return cut ?? new TextDecoder('windows-1252').decode(text);
  }
}

/**
 * Null where it is not all of plain letters, as most reports in English are. As a text of single
 * bytes it is looked through in half the time.
 */
function plainWide(bytes: Uint8Array): string | null {
  const from = bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
  if ((bytes.byteOffset + from) % 2 !== 0 || bytes.length % 2 !== 0) return null;
  const wide = new Uint16Array(bytes.buffer, bytes.byteOffset + from, (bytes.length - from) / 2);
  const narrow = new Uint8Array(wide.length);
  for (let at = 0; at < wide.length; at++) {
    const code = wide[at]!;
    if (code > 127) return null;
    narrow[at] = code;
  }
  return new TextDecoder().decode(narrow);
}

function withoutCut(text: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text, { stream: true });
  } catch {
    return null;
  }
}
