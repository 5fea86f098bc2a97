/**
 * Frames of one session in both directions: sealed, numbered, in order, none twice.
 *
 * What fails any check ends the session: nothing after a gap can be trusted, and the connector's
 * journal makes it safe to begin anew.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { frameText, messageOf, readFrame, type Speaker } from '#core/broker/frame.ts';
import { fail, ok, type Result } from '#core/result.ts';

export type FrameFault =
  'not-json' | 'version' | 'shape' | 'seal' | 'replayed' | 'gap' | 'acknowledged-unsent' | 'body';

export interface Frames {
  /** The text of the next frame. */
  write(message: { readonly t: string }): string;
  /** The message of the next frame that came, its shape not yet checked. */
  read(text: string): Result<Readonly<Record<string, unknown>>, FrameFault>;
  /** The number of the last frame that was written, and the last that the other side said it has. */
  readonly written: number;
  readonly acknowledged: number;
}

export interface FramesOptions {
  readonly session: string;
  readonly key: string;
  /** Which side writes here. */
  readonly speaker: Speaker;
}

export function openFrames({ session, key, speaker }: FramesOptions): Frames {
  const listener: Speaker = speaker === 's' ? 'c' : 's';
  let written = 0;
  let heard = 0;
  let acknowledged = 0;
  const seal = (who: Speaker, content: Parameters<typeof frameText>[1]) =>
    createHmac('sha256', key)
      .update(frameText({ session, speaker: who }, content))
      .digest();
  return {
    write(message) {
      written += 1;
      const open = { q: written, ack: heard, t: message.t, b: JSON.stringify(message) };
      return JSON.stringify({ v: 1, ...open, m: seal(speaker, open).toString('hex') });
    },
    read(text) {
      const frame = readFrame(text);
      if (!frame.ok) return frame;
      const { q, ack, m } = frame.value;
      const isSealed = timingSafeEqual(Buffer.from(m, 'hex'), seal(listener, frame.value));
      if (!isSealed) return fail('seal');
      if (q <= heard) return fail('replayed');
      if (q !== heard + 1) return fail('gap');
      if (ack > written || ack < acknowledged) return fail('acknowledged-unsent');
      const message = messageOf(frame.value);
      if (!message) return fail('body');
      heard = q;
      acknowledged = ack;
      return ok(message);
    },
    get written() {
      return written;
    },
    get acknowledged() {
      return acknowledged;
    },
  };
}
