/** What a public source lacks, in words: nothing is put in place of what is missing. */
import type { MarketKind, MarketTrouble, Part, SourceView } from '#core/market/market-views.ts';
import { say } from '../words/language.ts';

export const troubleWords: Readonly<Record<MarketTrouble, string>> = {
  timeout: say`did not answer in time`,
  unreachable: say`cannot be reached`,
  limited: say`takes no more questions for the moment`,
  failed: say`answers with an error of its own`,
  'too-large': say`answered with more than is believable`,
  nonsense: say`answered with something that makes no sense`,
  resting: say`failed several times and is left alone for a while`,
  'key-refused': say`does not take the key of this server`,
  symbol: say`does not know it`,
  timeframe: say`has no such timeframe`,
};

export const kindWords: Readonly<Record<MarketKind, string>> = {
  bars: say`past prices`,
  quotes: say`prices`,
  overview: say`the market as a whole`,
  movers: say`movers`,
  index: say`fear and greed`,
  mentions: say`mentions`,
};

/** `CoinGecko` of `coingecko`. */
export function sourceTitle(sources: readonly SourceView[], name: string): string {
  return sources.find((each) => each.name === name)?.title ?? name;
}

/** Why a part of the page is empty, in a sentence or two. */
export function whyNothing(
  part: Part<unknown>,
  kind: MarketKind,
  sources: readonly SourceView[],
): string {
  const able = sources.filter(({ kinds }) => kinds.includes(kind));
  if (!able.some(({ isOn }) => isOn)) {
    const names = able.map(({ title }) => title).join(say` or `);
    return say`Not switched on by whoever runs this server.${names && say` ${names} can tell it.`}`;
  }
  const said = Object.entries(part.without ?? {}).map(
    ([name, why]) => `${sourceTitle(sources, name)} ${troubleWords[why]}.`,
  );
  return say`${said.join(' ')} Nothing is shown in its place; it is asked again by itself.`.trim();
}

/** The state of a source in a few words. */
export function sourceState(source: SourceView): string {
  if (!source.isOn) return say`not switched on`;
  if (source.breaker === 'open') return say`left alone for a while`;
  if (source.breaker === 'half-open') return say`being tried again`;
  if (source.trouble) return troubleWords[source.trouble.why];
  return source.heardMs === null ? say`not asked yet` : say`answers`;
}
