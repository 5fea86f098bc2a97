/** Which sources whoever runs the server has switched on, where they are asked, and with which keys. */
import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import { isLoopback } from '../loopback.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Provider } from './provider.ts';
import { providers } from './registry.ts';

export interface SourceSetting {
  readonly provider: Provider;
  readonly url: string;
  readonly key: string | null;
}

/** In the order in which they are asked; none = nothing is asked of anybody outside. */
export type MarketSettings = readonly SourceSetting[];

export const marketShape = {
  OFFING_MARKET_SOURCES: z.string().optional(),
  OFFING_MARKET_KEYS: z.string().optional(),
};

/** `binance,coingecko=https://proxy.example/gecko` and `twelvedata=KEY`. */
export function marketSettings(env: {
  readonly OFFING_MARKET_SOURCES?: string | undefined;
  readonly OFFING_MARKET_KEYS?: string | undefined;
}): Result<MarketSettings, Refusal> {
  const keys = new Map(pairs(env.OFFING_MARKET_KEYS ?? ''));
  const settings: SourceSetting[] = [];
  for (const [name, given] of pairs(env.OFFING_MARKET_SOURCES ?? '')) {
    const provider = providers.find((each) => each.name === name);
    const known = providers.map((each) => each.name).join(', ');
    if (!provider) return refuse(`OFFING_MARKET_SOURCES names ${name}; there are ${known}.`);
    const key = keys.get(name) ?? null;
    keys.delete(name);
    if (provider.key === 'needed' && !key) {
      return refuse(
        `OFFING_MARKET_SOURCES names ${name}, which needs its key in OFFING_MARKET_KEYS.`,
      );
    }
    const url = given ?? provider.url;
    if (!isSafe(url)) {
      return refuse(`OFFING_MARKET_SOURCES: the address of ${name} must start with https://.`);
    }
    if (settings.some((each) => each.provider === provider)) {
      return refuse(`OFFING_MARKET_SOURCES names ${name} twice.`);
    }
    settings.push({ provider, url, key });
  }
  // A key that is used nowhere is most likely a slip of the pen; its name may be told, it may not.
  if (keys.size > 0)
    return refuse('OFFING_MARKET_KEYS has a key of a source that is not switched on.');
  return ok(settings);
}

/** `name` or `name=value`, parted by commas. */
function pairs(text: string): readonly (readonly [string, string | null])[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const at = each.indexOf('=');
      return at < 0 ? ([each, null] as const) : ([each.slice(0, at), each.slice(at + 1)] as const);
    });
}

/** A key goes with what is asked: in the open on this machine only. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isBare = !url.search && !url.hash && !url.username && !url.password;
  return (
    isBare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))
  );
}
