/**
 * What public sources say beside bars: each kind of the first source that answers. Where none does,
 * the last that was heard is told as old for a while, and after that only why there is nothing.
 */
import type {
  MarketKind,
  MarketQuote,
  MarketTrouble,
  Part,
  Told,
} from '#core/market/market-views.ts';
import type { Queries } from '../database/queries.ts';
import { keepAnswer, readAnswer, type AnswerName, type KeptAnswer } from './answer-cache.ts';
import { anySource } from './bars-of-sources.ts';
import type { Kinds } from './provider.ts';
import type { Source } from './source.ts';

export type SingleKind = 'overview' | 'movers' | 'index' | 'mentions';
type Fact<Kind extends MarketKind> = Kinds[Kind]['answer'];

export interface Facts {
  one<Kind extends SingleKind>(kind: Kind): Promise<Part<Fact<Kind> & Told>>;
  quotes(source: string, symbols: readonly string[]): Promise<Part<readonly MarketQuote[]>>;
}

export interface FactsOptions {
  readonly sources: readonly Source[];
  readonly queries: Queries;
  now(): number;
}

interface Ages {
  /** So long nobody is asked again. */
  readonly freshMs: number;
  /** So long after it is told, as old, where nobody answers. */
  readonly shownMs: number;
}

const minute = 60_000;
const hour = 60 * minute;
const ages: Readonly<Record<SingleKind | 'quotes', Ages>> = {
  quotes: { freshMs: 5_000, shownMs: 15 * minute },
  overview: { freshMs: 2 * minute, shownMs: 24 * hour },
  movers: { freshMs: 2 * minute, shownMs: 6 * hour },
  index: { freshMs: 30 * minute, shownMs: 72 * hour },
  mentions: { freshMs: 30 * minute, shownMs: 24 * hour },
};

interface Found<T> {
  readonly value: T;
  readonly told: Told;
}

export function factsOfSources(options: FactsOptions): Facts {
  return {
    async one(kind) {
      const found = await factOf(options, options.sources, kind, null);
      if (!found.there) return found;
      const { value, told } = found.there;
      return { there: { ...value, ...told }, without: null };
    },
    async quotes(name, symbols) {
      const named = options.sources.filter(
        ({ provider }) => name === anySource || provider.name === name,
      );
      // The same symbols are the same question in any order.
      const asked = { symbols: [...new Set(symbols)].sort() };
      const found = await factOf(options, named, 'quotes', asked);
      if (!found.there) return found;
      const { value, told } = found.there;
      return { there: value.map((quote) => ({ ...quote, ...told })), without: null };
    },
  };
}

async function factOf<Kind extends SingleKind | 'quotes'>(
  { queries, now }: FactsOptions,
  sources: readonly Source[],
  kind: Kind,
  ask: Kinds[Kind]['ask'],
): Promise<Part<Found<Fact<Kind>>>> {
  const { freshMs, shownMs } = ages[kind];
  const without: Record<string, MarketTrouble> = {};
  let old: Found<Fact<Kind>> | null = null;
  for (const source of sources) {
    const { name: from, asks } = source.provider;
    if (!asks[kind]) continue;
    const name: AnswerName = { source: from, kind, asked: ask === null ? '' : JSON.stringify(ask) };
    const kept = await readAnswer(queries, name);
    const ageMs = kept ? now() - kept.heardMs : Infinity;
    if (kept && ageMs < freshMs) return { there: foundIn(from, kept, 'fresh'), without: null };
    const heard = await source.ask(kind, ask);
    if (heard.ok) {
      const { heardMs } = heard.value;
      await keepAnswer(queries, name, { ...heard.value, expiresMs: heardMs + shownMs });
      return { there: foundIn(from, heard.value, 'fresh'), without: null };
    }
    without[from] = heard.error;
    const isNewer = kept && (!old || kept.heardMs > old.told.heardMs);
    if (isNewer && ageMs < shownMs) old = foundIn(from, kept, 'old');
  }
  return old ? { there: old, without: null } : { there: null, without };
}

/** What is kept was read by this very program from the source. */
function foundIn<T>(
  source: string,
  { value, heardMs }: KeptAnswer,
  age: 'fresh' | 'old',
): Found<T> {
  return { value: value as T, told: { source, heardMs, isStale: age === 'old' } };
}
