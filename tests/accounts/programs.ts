/** A program of an account's owner: calls the API as one would from outside, by a token. */
import type { TokenScope } from '../../core/identity/token-scopes.ts';
import type { Visitor } from './visitor.ts';

export interface ApiCall {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string | Uint8Array<ArrayBuffer>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Null where there is no body. */
  readonly json: unknown;
  /** The failure's code, or null for success. */
  readonly failure: string | null;
}

interface RefusedBody {
  readonly error?: { readonly data: { readonly failure: string } };
}

export async function callApi(
  address: string,
  method: string,
  path: string,
  { token, headers, body, text }: ApiCall = {},
): Promise<ApiAnswer> {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const answer = await response.text();
  const json: unknown = answer === '' ? null : JSON.parse(answer);
  const failure = (json as RefusedBody | null)?.error?.data.failure ?? null;
  return { status: response.status, headers: response.headers, text: answer, json, failure };
}

let made = 0;
/** The text of a new token, made on the Security page by who is signed in. */
export async function makeToken(who: Visitor, scopes: readonly TokenScope[]): Promise<string> {
  const name = `program ${++made}`;
  const { token } = await who.post<{ token: string }>('security.createToken', {
    name,
    scopes,
    days: 1,
  });
  return token;
}
