/** What the server says of itself, asked when someone looks and never waited for elsewhere. */
import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '#sync/router.ts';

const client = createTRPCClient<AppRouter>({
  links: [httpLink({ url: '/trpc', headers: { 'x-offing-client': 'web' } })],
});

export type ServerAbout = Awaited<ReturnType<typeof client.system.about.query>>;

/** Versions, clock and identity of the server; null when it cannot be asked now. */
export async function askServer(signal: AbortSignal): Promise<ServerAbout | null> {
  try {
    return await client.system.about.query(undefined, { signal });
  } catch {
    return null;
  }
}
