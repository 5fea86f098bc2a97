/** The id that ties a request to its log line and to whatever a proxy before us logged. */
import { randomUUID } from 'node:crypto';

/** The client's own id where it is well formed, 8 to 64 letters, digits, dots, dashes; else a new one. */
export function requestId(given: string | readonly string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}
