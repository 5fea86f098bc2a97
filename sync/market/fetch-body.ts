/** One request to a source: so long, so many bytes, no redirects, and what went wrong in a word. */
import type { MarketTrouble } from '#core/market/market-views.ts';
import { fail, ok, type Result } from '#core/result.ts';

export interface Fetched {
  readonly status: number;
  /** JSON where it is some, else the text itself. */
  readonly value: unknown;
  /** How far the source's clock is ahead of ours; null where it does not say. */
  readonly skewMs: number | null;
}

export interface Refused {
  readonly why: MarketTrouble;
  /** As the source said. */
  readonly retryAfterMs: number | null;
}

export interface FetchOptions {
  readonly url: URL;
  /** For all of it: a source that drips is as good as silent. */
  readonly timeoutMs: number;
  readonly mostBytes: number;
  now(): number;
}

export async function fetchBody(options: FetchOptions): Promise<Result<Fetched, Refused>> {
  const { url, timeoutMs, mostBytes, now } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  const askedMs = now();
  try {
    const headers = { accept: 'application/json', 'user-agent': 'Offing' };
    const response = await fetch(url, { signal, headers, redirect: 'manual' });
    const { status } = response;
    const refused = refusalOf(status);
    if (refused) {
      await response.body?.cancel();
      const retryAfterMs = retryAfter(response.headers.get('retry-after'), now());
      return fail({ why: refused, retryAfterMs });
    }
    const text = await readText(response, mostBytes);
    if (text === null) return fail({ why: 'too-large', retryAfterMs: null });
    const middleMs = (askedMs + now()) / 2;
    return ok({ status, value: parsed(text), skewMs: skewOf(response.headers, middleMs) });
  } catch (error) {
    const isLate = signal.aborted || (error as Partial<Error> | null)?.name === 'TimeoutError';
    return fail({ why: isLate ? 'timeout' : 'unreachable', retryAfterMs: null });
  }
}

/** What the answer's status says alone; null where the body is to be read. */
function refusalOf(status: number): MarketTrouble | null {
  // 418 is how one of them says that it was asked on after it had said 429.
  if (status === 429 || status === 418) return 'limited';
  if (status === 401 || status === 403) return 'key-refused';
  if (status >= 500 || status === 408) return 'failed';
  return status >= 300 && status < 400 ? 'failed' : null;
}

/** Seconds or a date; null where it is neither. */
export function retryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const atMs = Date.parse(header);
  return Number.isFinite(atMs) ? Math.max(0, atMs - nowMs) : null;
}

async function readText(response: Response, mostBytes: number): Promise<string | null> {
  if (!response.body) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.length;
    // Leaving the loop lets go of the rest.
    if (bytes > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** To the second, as the header is; small differences are the way's. */
function skewOf(headers: Headers, middleMs: number): number | null {
  const saidMs = Date.parse(headers.get('date') ?? '');
  if (!Number.isFinite(saidMs)) return null;
  const skewMs = saidMs + 500 - middleMs;
  return Math.abs(skewMs) < 3_000 ? 0 : Math.round(skewMs);
}
