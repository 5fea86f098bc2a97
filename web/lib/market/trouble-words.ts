/** What a public source lacks, in words: nothing is put in place of what is missing. */
import type { MarketKind, MarketTrouble, Part, SourceView } from '#core/market/market-views.ts';

export const troubleWords: Readonly<Record<MarketTrouble, string>> = {
  timeout: 'did not answer in time',
  unreachable: 'cannot be reached',
  limited: 'takes no more questions for the moment',
  failed: 'answers with an error of its own',
  'too-large': 'answered with more than is believable',
  nonsense: 'answered with something that makes no sense',
  resting: 'failed several times and is left alone for a while',
  'key-refused': 'does not take the key of this server',
  symbol: 'does not know it',
  timeframe: 'has no such timeframe',
};

export const kindWords: Readonly<Record<MarketKind, string>> = {
  bars: 'past prices',
  quotes: 'prices',
  overview: 'the market as a whole',
  movers: 'movers',
  index: 'fear and greed',
  mentions: 'mentions',
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
    const names = able.map(({ title }) => title).join(' or ');
    return `Not switched on by whoever runs this server.${names && ` ${names} can tell it.`}`;
  }
  const said = Object.entries(part.without ?? {}).map(
    ([name, why]) => `${sourceTitle(sources, name)} ${troubleWords[why]}.`,
  );
  return `${said.join(' ')} Nothing is shown in its place; it is asked again by itself.`.trim();
}

/** The state of a source in a few words. */
export function sourceState(source: SourceView): string {
  if (!source.isOn) return 'not switched on';
  if (source.breaker === 'open') return 'left alone for a while';
  if (source.breaker === 'half-open') return 'being tried again';
  if (source.trouble) return troubleWords[source.trouble.why];
  return source.heardMs === null ? 'not asked yet' : 'answers';
}
