/** The server's side of the handshake: who a connector says it is, and whether it can prove it. */
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import {
  authText,
  isPlainField,
  readyText,
  sessionKey,
  type Auth,
  type Challenge,
  type Introduction,
  type Ready,
} from '#core/broker/handshake.ts';
import { fail, ok, type Result } from '#core/result.ts';

export const longestAuthLength = 4_096;

/** An account that a connector may be let into, with its token in clear. */
export interface PairedAccount {
  readonly userId: string;
  readonly accountId: string;
  readonly kind: 'mt5' | 'paper' | 'exchange';
  readonly state: 'pairing' | 'paired' | 'halted' | 'revoked';
  readonly pairUntilMs: number | null;
  readonly token: string;
}

const field = z.string().refine(isPlainField);
const authShape = z.object({
  t: z.literal('auth'),
  v: z.literal(1),
  accountId: z.uuid(),
  nonce: z.string().regex(/^[0-9a-f]{32,64}$/),
  device: field,
  login: field,
  server: field,
  build: z.string().max(100),
  caps: z.array(z.string().max(32)).max(32).optional(),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
}) satisfies z.ZodType<Auth>;

/** A fresh one for each connection: whoever recorded another can do nothing with it. */
export function challenge(): Challenge {
  return { t: 'challenge', v: 1, nonce: randomBytes(32).toString('hex'), session: randomUUID() };
}

/** What a connector said, or null where it makes no sense. */
export function readAuth(text: string): Auth | null {
  if (text.length > longestAuthLength) return null;
  try {
    const read = authShape.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

export type Stranger = 'unknown' | 'wrong-token' | 'code-expired' | 'revoked';

export interface Proved {
  readonly ready: Ready;
  /** Of the session's frames. */
  readonly key: string;
}

/** Takes as long for an account that is not there as for one whose token is another. */
export function prove(
  auth: Auth,
  { nonce, session }: Challenge,
  account: PairedAccount | null,
  nowMs: number,
): Result<Proved, Stranger> {
  const said: Introduction = { serverNonce: nonce, connectorNonce: auth.nonce, session };
  const token = account?.token ?? randomBytes(16).toString('hex');
  const expected = createHmac('sha256', token).update(authText(said, auth)).digest();
  const holds = timingSafeEqual(Buffer.from(auth.mac, 'hex'), expected);
  if (!account) return fail('unknown');
  if (!holds) return fail('wrong-token');
  if (account.state === 'revoked') return fail('revoked');
  if (account.state === 'pairing' && nowMs > (account.pairUntilMs ?? 0)) {
    return fail('code-expired');
  }
  const mac = createHmac('sha256', token).update(readyText(said)).digest('hex');
  return ok({ ready: { t: 'ready', mac }, key: sessionKey(token, said) });
}
