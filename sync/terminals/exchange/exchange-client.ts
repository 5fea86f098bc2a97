/**
 * Asks Bybit through ccxt, which signs, keeps to the exchange's pace and tells answers from noise.
 *
 * The class is loaded when the first account of an exchange starts: ccxt's own entry would load
 * more than a hundred of them. ccxt never asks twice by itself here, and where it asks is in its
 * code: an address that a person could give would let them reach into the server's network.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Exchange } from 'ccxt';

/**
 * `answer`: what was asked for; `refused`: the exchange said no, with its code; `busy`: too much
 * was asked, this was not looked at; `lost`: nobody can say whether the exchange did it.
 */
export type Asked =
  | { readonly t: 'answer'; readonly result: unknown; readonly atMs: number }
  | { readonly t: 'refused'; readonly code: number }
  | { readonly t: 'busy' }
  | { readonly t: 'lost' };

export type Params = Readonly<Record<string, string | number | boolean>>;

export interface ExchangeClient {
  get(path: string, params: Params): Promise<Asked>;
  /** Once. */
  post(path: string, params: Params): Promise<Asked>;
  /** The exchange's clock less this machine's, milliseconds; measured by `setClock`. */
  readonly clockMs: number;
  setClock(): Promise<void>;
}

export interface ExchangeKeys {
  readonly apiKey: string;
  readonly secret: string;
}

export interface ClientOptions {
  readonly keys: ExchangeKeys;
  readonly timeoutMs: number;
  readonly standIn?: StandIn;
}

/** What tests ask in place of the exchange, and the pace that it bears. */
export interface StandIn {
  readonly url: string;
  readonly paceMs: number;
}

type ExchangeClass = new (settings: Record<string, unknown>) => Exchange;

/** Of the units in which ccxt counts what may be asked: ten requests a second. */
const cost = 5;

async function loadClass(): Promise<ExchangeClass> {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve('ccxt'));
  const address = new URL('../js/src/bybit.js', entry).href;
  const loaded = (await import(/* @vite-ignore */ address)) as { readonly default: ExchangeClass };
  return loaded.default;
}

export async function openExchangeClient(options: ClientOptions): Promise<ExchangeClient> {
  const { keys, timeoutMs, standIn } = options;
  const Bybit = await loadClass();
  const { apiKey, secret } = keys;
  const behaviour = {
    enableRateLimit: true,
    ...(standIn && { rateLimit: standIn.paceMs }),
    options: { maxRetriesOnFailure: 0 },
  };
  const exchange = new Bybit({ apiKey, secret, timeout: timeoutMs, ...behaviour });
  if (standIn) {
    exchange.urls['api'] = { public: standIn.url, private: standIn.url };
  }
  const ask = async (path: string, method: 'GET' | 'POST', params: Params): Promise<Asked> => {
    const access = path.startsWith('v5/market/') ? 'public' : 'private';
    const args = [path, access, method, params, undefined, undefined, { cost }] as const;
    try {
      return answerOf(await exchange.request(...args));
    } catch (error) {
      return askedOf(error);
    }
  };
  let clockMs = 0;
  return {
    get: (path, params) => ask(path, 'GET', params),
    post: (path, params) => ask(path, 'POST', params),
    get clockMs() {
      return clockMs;
    },
    async setClock() {
      // Errors as with any other answer: what is asked next will tell.
      const isKnown = await exchange.loadTimeDifference().then(Number.isFinite, () => false);
      if (isKnown) clockMs = -Number(exchange.options['timeDifference']);
    },
  };
}

/** `time` is the exchange's clock; what has none is none of its answers. */
function answerOf(value: unknown): Asked {
  if (typeof value !== 'object' || value === null) return { t: 'lost' };
  const { retCode, result, time } = value as Record<string, unknown>;
  const isWhole = retCode === 0 && typeof time === 'number' && Number.isSafeInteger(time);
  return isWhole ? { t: 'answer', result, atMs: time } : { t: 'lost' };
}

/** ccxt's message is the exchange's name and what it answered; without an answer, what went wrong. */
function askedOf(error: unknown): Asked {
  if (!(error instanceof Error)) return { t: 'lost' };
  const code = codeOf(error.message);
  if (code !== null) return { t: 'refused', code };
  return error.constructor.name === 'RateLimitExceeded' ? { t: 'busy' } : { t: 'lost' };
}

function codeOf(message: string): number | null {
  const at = message.indexOf('{');
  if (at === -1) return null;
  try {
    const answer = JSON.parse(message.slice(at, message.lastIndexOf('}') + 1)) as unknown;
    const code = (answer as { readonly retCode?: unknown }).retCode;
    return typeof code === 'number' && code !== 0 ? code : null;
  } catch {
    return null;
  }
}
