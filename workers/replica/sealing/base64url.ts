/** Bytes as text that names and JSON may hold, and back. */

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  // `btoa` would need its text made, and then mended, a letter at a time as well.
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += letters[three >> 18]! + letters[(three >> 12) & 63]!;
    if (left > 1) text += letters[(three >> 6) & 63]!;
    if (left > 2) text += letters[three & 63]!;
  }
  return text;
}

/** Null for what is not exactly what `toBase64Url` gives: no two texts mean the same bytes. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const tail = text.length % 4;
  // Only the last group can be written in more than one way.
  const last = toBase64Url(bytes.subarray(bytes.length - (bytes.length % 3)));
  return tail === 0 || last === text.slice(-tail) ? bytes : null;
}
