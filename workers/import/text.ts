/** Bytes of a text in whatever encoding → the same text in UTF-8, without its byte order mark. */

export type TextDecoding = (bytes: Uint8Array, last: boolean) => Uint8Array;

/**
 * A function to be called with each chunk in turn, then once with `last`.
 *
 * UTF-8 and every other superset of ASCII pass through uncopied. UTF-16, which MetaTrader
 * writes, is known by its mark, or by the zero beside each of its first characters.
 */
export function createTextDecoder(): TextDecoding {
  let held: Uint8Array = new Uint8Array(0);
  let pass: TextDecoding | null = null;
  return (bytes, last) => {
    if (pass) return pass(bytes, last);
    if (held.length > 0) {
      const both = new Uint8Array(held.length + bytes.length);
      both.set(held);
      both.set(bytes, held.length);
      held = both;
    } else held = bytes;
    // Four bytes tell the encoding.
    if (held.length < 4 && !last) {
      held = held.slice();
      return new Uint8Array(0);
    }
    const first = held;
    held = new Uint8Array(0);
    pass = decodingOf(first);
    return pass(first.subarray(markLength(first)), last);
  };
}

function markLength(bytes: Uint8Array): number {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 3;
  return isMark(bytes, 0xff, 0xfe) || isMark(bytes, 0xfe, 0xff) ? 2 : 0;
}

function isMark(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

/** By the first bytes of a text; null where it is no UTF-16. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (isMark(bytes, 0xff, 0xfe) || zeros(bytes, 1)) return 'utf-16le';
  return isMark(bytes, 0xfe, 0xff) || zeros(bytes, 0) ? 'utf-16be' : null;
}

function decodingOf(bytes: Uint8Array): TextDecoding {
  const wide = utf16Of(bytes);
  if (!wide) return (chunk) => chunk;
  const decoder = new TextDecoder(wide);
  const encoder = new TextEncoder();
  return (chunk, last) => encoder.encode(decoder.decode(chunk, { stream: !last }));
}

/** Two characters of ASCII have their zeros on the same side. */
function zeros(bytes: Uint8Array, from: 0 | 1): boolean {
  const other = 1 - from;
  return (
    bytes.length >= 4 &&
    bytes[from] === 0 &&
    bytes[from + 2] === 0 &&
    bytes[other] !== 0 &&
    bytes[other + 2] !== 0
  );
}
