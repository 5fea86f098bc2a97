/** The two cookies: who is signed in, and that this device has been signed in before. */

export interface CookieJar {
  readonly session: string | null;
  readonly device: string | null;
}

const longestAgeSeconds = 34_560_000; // 400 days, the most that browsers keep.

/** Over https the names bind the cookies to this very host; plain http is loopback alone. */
function names(secure: boolean) {
  return secure
    ? { session: '__Host-offing', device: '__Host-offing-device' }
    : { session: 'offing', device: 'offing-device' };
}

export function readCookies(header: string | undefined, secure: boolean): CookieJar {
  const wanted = names(secure);
  const found = new Map<string, string>();
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    // The first of a name counts, as browsers send the most specific first.
    if (at > 0 && !found.has(name)) found.set(name, part.slice(at + 1).trim());
  }
  return {
    session: found.get(wanted.session) || null,
    device: found.get(wanted.device) || null,
  };
}

/** A `Set-Cookie` value; null takes the cookie away. */
export function cookieHeader(
  which: keyof CookieJar,
  value: string | null,
  secure: boolean,
): string {
  const parts = [
    `${names(secure)[which]}=${value ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    `Max-Age=${value === null ? 0 : longestAgeSeconds}`,
  ];
  return [...parts, ...(secure ? ['Secure'] : [])].join('; ');
}
