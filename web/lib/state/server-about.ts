/** What the server says of itself, asked when someone looks and never waited for elsewhere. */
import type { Server } from '../account/api.ts';

export type ServerAbout = Awaited<ReturnType<Server['system']['about']['query']>>;

/** Versions, clock and identity of the server; null when it cannot be asked now. */
export async function askServer(signal: AbortSignal): Promise<ServerAbout | null> {
  try {
    const { server } = await import('../account/server-client.ts');
    return await server.system.about.query(undefined, { signal });
  } catch {
    return null;
  }
}
