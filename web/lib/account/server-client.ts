/** The client of the server's procedures, fetched with the first call: no page without one needs it. */
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#sync/router.ts';
import { server as standing } from '../state/server.svelte.ts';

export const server = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/trpc',
      headers: { 'x-offing-client': 'web' },
      // Of the kind that any library's request is; it is the browser's own.
      fetch: (input, init) => noticing(input, init as RequestInit),
    }),
  ],
});

/** As `fetch`; what the status bar says of the server must not lag behind what a call just found. */
async function noticing(input: RequestInfo | URL, init: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(input, init);
    if (answer.headers.get('content-type')?.includes('json')) standing.heard();
    else standing.doubt();
    return answer;
  } catch (error) {
    if (error instanceof TypeError) standing.doubt();
    throw error;
  }
}

/** What the server said of a failed call; undefined for an error of another kind. */
export function saidOf(error: unknown): { readonly data: unknown } | undefined {
  return error instanceof TRPCClientError ? error : undefined;
}
