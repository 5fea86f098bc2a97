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
  return isPlain(wide) ? new TextDecoder().decode(new Uint8Array(wide)) : null;
}

/** No letter is beyond the first 128: looked at by twos, but for one before and one after. */
function isPlain(wide: Uint16Array): boolean {
  const before = wide.byteOffset % 4 === 0 ? 0 : 1;
  const pairs = new Uint32Array(
    wide.buffer,
    wide.byteOffset + 2 * before,
    Math.max(0, wide.length - before) >> 1,
  );
  let bits = (wide[0] ?? 0) | (wide.at(-1) ?? 0);
  for (let at = 0; at < pairs.length; at++) bits |= pairs[at]!;
  return (bits & 0xff80_ff80) === 0;
}

function withoutCut(text: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text, { stream: true });
  } catch {
    return null;
  }
}
