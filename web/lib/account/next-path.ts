/** Where to go after signing in: a path of this app, whatever the address asks for. */

const here = 'http://offing.invalid';

/** The path with its query and anchor; `/` for another origin, a scheme or nothing. */
export function nextPath(asked: string | null): string {
  if (!asked?.startsWith('/')) return '/';
  const url = URL.canParse(asked, here) ? new URL(asked, here) : null;
  // A second slash, of either kind, would begin the name of another site.
  return url?.origin === here && !url.pathname.startsWith('//')
    ? url.pathname + url.search + url.hash
    : '/';
}

/** The address of the sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  return path === '/' ? '/account/sign-in/' : `/account/sign-in/?next=${encodeURIComponent(path)}`;
}
