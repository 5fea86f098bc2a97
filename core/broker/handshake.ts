/**
 * How server and connector prove to one another that they hold the pairing token, which never
 * crosses the wire.
 *
 * Three texts, each plain JSON: the server's `challenge`, the connector's `auth`, the server's
 * `ready`; then frames alone. All seals are HMAC-SHA256, hex, under the pairing token. The fields
 * are parted by `|`, so device, login and nonces may hold none (see `isPlainField`).
 */
import { hmacHex } from './frame.ts';

export interface Challenge {
  readonly t: 'challenge';
  readonly v: 1;
  /** 32 random bytes, hex. */
  readonly nonce: string;
  readonly session: string;
}

export interface Auth {
  readonly t: 'auth';
  readonly v: 1;
  readonly accountId: string;
  /** 32 random bytes, hex. */
  readonly nonce: string;
  /** What the connector calls the machine it runs on; made once, kept with its journal. */
  readonly device: string;
  readonly login: string;
  /** The broker's name for its server. */
  readonly server: string;
  readonly build: string;
  /** What it can do beyond what each has to, see `connectorCaps`; older ones name nothing. */
  readonly caps?: readonly string[] | undefined;
  readonly mac: string;
}

export interface Ready {
  readonly t: 'ready';
  readonly mac: string;
}

export interface Introduction {
  readonly serverNonce: string;
  readonly connectorNonce: string;
  readonly session: string;
}

/** What the connector seals to prove that it holds the token. */
export function authText(
  { serverNonce, connectorNonce, session }: Introduction,
  { device, login, server }: Pick<Auth, 'device' | 'login' | 'server'>,
): string {
  return `auth|1|${serverNonce}|${connectorNonce}|${device}|${login}|${server}|${session}`;
}

/** What the server seals to prove that it holds the token. */
export function readyText({ serverNonce, connectorNonce, session }: Introduction): string {
  return `ready|1|${serverNonce}|${connectorNonce}|${session}`;
}

/** The key of the session's frames: hex, used as text. */
export function sessionKey(token: string, introduction: Introduction): string {
  const { serverNonce, connectorNonce, session } = introduction;
  return hmacHex(token, `key|1|${serverNonce}|${connectorNonce}|${session}`);
}

/** Whether a field can stand between `|` without being taken for two. */
export function isPlainField(field: string): boolean {
  return field.length > 0 && field.length <= 128 && !/[|\p{Cc}]/u.test(field);
}
