/** The body of a request, read no further than is allowed, and the JSON in it. */
import type { IncomingMessage } from 'node:http';
import { fail, ok, type Result } from '#core/result.ts';

export type BodyProblem = 'too-large' | 'cut-off';

/**
 * What the body says.
 *
 * Errors: `not-json` also for bytes that are no UTF-8; those of `readBytes`.
 */
export async function readJson(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Result<unknown, BodyProblem | 'not-json'>> {
  const bytes = await readBytes(request, mostBytes);
  if (!bytes.ok) return bytes;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.value);
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail('not-json');
  }
}

/**
 * The bytes as they came. They are counted while they come, since a body in chunks announces no
 * length.
 *
 * Errors: `too-large`; `cut-off` when the caller left.
 */
export async function readBytes(
  request: IncomingMessage,
  mostBytes: number,
): Promise<Result<Buffer, BodyProblem>> {
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
  return ok(Buffer.concat(chunks));
}
