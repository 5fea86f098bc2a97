/** The client of the server's procedures, fetched with the first call: no page without one needs it. */
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#sync/router.ts';

export const server = createTRPCClient<AppRouter>({
  links: [httpLink({ url: '/trpc', headers: { 'x-offing-client': 'web' } })],
});

/** What the server said of a failed call; undefined for an error of another kind. */
export function saidOf(error: unknown): { readonly data: unknown } | undefined {
  return error instanceof TRPCClientError ? error : undefined;
}
