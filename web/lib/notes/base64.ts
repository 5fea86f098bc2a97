/** Bytes as the text in which updates of a note are stored and sent, and such text as bytes. */

const stepBytes = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  // All at once would overflow the stack of arguments.
  for (let at = 0; at < bytes.length; at += stepBytes) {
    binary += String.fromCharCode(...bytes.subarray(at, at + stepBytes));
  }
  return btoa(binary);
}

/** Null for what is no base64. */
export function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
