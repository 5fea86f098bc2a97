/** The variables of the environment that say where rooms are, where not in the server itself. */
import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import { isLoopback } from '../loopback.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface RoomsSettings {
  /** Rooms on PartyKit; null = in the server. */
  readonly party: { readonly origin: string; readonly secret: string } | null;
  /** A way to the database that notifications come through, where a pooler stands in the other. */
  readonly listenUrl: string | null;
}

export const roomsShape = {
  OFFING_ROOMS_URL: z.string().optional(),
  OFFING_LISTEN_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'OFFING_LISTEN_URL must start with postgres:// and name a server.',
    )
    .optional(),
};

/** Both or neither of address and secret; in the open only on this machine. */
export function roomsSettings(env: {
  readonly OFFING_ROOMS_URL?: string | undefined;
  readonly OFFING_ROOMS_SECRET?: string | undefined;
  readonly OFFING_LISTEN_URL?: string | undefined;
}): Result<RoomsSettings, Refusal> {
  const { OFFING_ROOMS_URL: address, OFFING_ROOMS_SECRET: secret } = env;
  const listenUrl = env.OFFING_LISTEN_URL ?? null;
  if ((address === undefined) !== (secret === undefined)) {
    return refuse('OFFING_ROOMS_URL and OFFING_ROOMS_SECRET must be set together.');
  }
  if (address === undefined || secret === undefined) return ok({ party: null, listenUrl });
  const url = URL.canParse(address) ? new URL(address) : null;
  const isBare = url !== null && url.href === `${url.origin}/`;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  if (!isBare || !isSafe) {
    return refuse('OFFING_ROOMS_URL must be an https origin such as https://rooms.example.');
  }
  return ok({ party: { origin: url.origin, secret }, listenUrl });
}

/** The same place as sockets name it. */
export function socketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws');
}
