/** What a request asks for, or that it is not a request an honest client sends. */

export interface RequestTarget {
  /** As sent, percent-encoding included. */
  readonly pathname: string;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * The path and query of a request line, or null where it must be refused: a whole URL, bytes
 * outside printable ASCII, broken percent-encoding, a NUL, a backslash, or a step to a parent.
 */
export function parseRequestTarget(target: string | undefined): RequestTarget | null {
  if (!target || !/^\/(?!\/)[\x21-\x7e]*$/.test(target)) return null;
  const mark = target.indexOf('?');
  const pathname = mark < 0 ? target : target.slice(0, mark);
  const decoded = decode(pathname);
  if (decoded === null || decoded.includes('\\') || hasControl(decoded)) return null;
  if (decoded.split('/').some((segment) => segment === '..' || segment === '.')) return null;
  return { pathname, query: mark < 0 ? '' : target.slice(mark + 1) };
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
