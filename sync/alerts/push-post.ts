/** One push handed to a push service: what it said, in a word. */
import { lookup as systemLookup } from 'node:dns';
import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress, isPushAddress } from './push-address.ts';

/** `gone`: nobody listens there any more; `refused`: nor would the same ever be taken. */
export type PushAnswer = 'taken' | 'gone' | 'refused' | 'later';

export interface PushRequest {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export type PostPush = (push: PushRequest) => Promise<PushAnswer>;

const limitMs = 10_000;

/** What a status means. */
export function answerOf(status: number): PushAnswer {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 404 || status === 410) return 'gone';
  return status === 429 || status === 408 || status >= 500 ? 'later' : 'refused';
}

/** Looks a name up, and fails where any of its addresses is not public. */
export function guardedLookup(look: typeof systemLookup = systemLookup): LookupFunction {
  return (name, options, answer) => {
    look(name, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const isOpen =
        addresses.length > 0 && addresses.every((each) => isPublicAddress(each.address));
      if (!isOpen) return answer(new Error('The address is not public.'), []);
      if (options.all) return answer(null, addresses);
      answer(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

/** Follows no redirect and reads no answer; the name is looked up once, by the guard. */
export const postPush: PostPush = ({ address, headers, body }) =>
  new Promise((resolve) => {
    if (!isPushAddress(address)) return resolve('refused');
    const signal = AbortSignal.timeout(limitMs);
    const lookup = guardedLookup();
    const asked = request(address, { method: 'POST', headers, lookup, signal, agent: false });
    asked.on('response', (response) => {
      resolve(answerOf(response.statusCode ?? 0));
      response.destroy();
    });
    asked.on('error', () => resolve('later'));
    asked.end(body);
  });
