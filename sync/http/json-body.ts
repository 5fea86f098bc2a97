/** The JSON in a request's body, read no further than is allowed. */
import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '#core/result.ts';

export type BodyProblem = 'too-large' | 'not-json' | 'cut-off';

/**
 * What the body says. It is counted while it comes, since a body in chunks announces no length.
 *
 * Errors: `too-large`; `not-json` also for bytes that are no UTF-8; `cut-off` when the caller left.
 */
export async function readJson(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Result<unknown, BodyProblem>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // The socket is still needed for the answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > mostBytes) return fail('too-large');
      chunks.push(chunk as Buffer);
    }
  } catch {
    return fail('cut-off');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail('not-json');
  }
}
