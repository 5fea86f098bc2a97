/**
 * Asks one source, kindly and with patience: at its pace, again after a while where it may help,
 * not at all while it rests; what many ask at the same time is asked once.
 */
import type { MarketKind, MarketTrouble, SourceView } from '#core/market/market-views.ts';
import { fail, ok, type Result } from '#core/result.ts';
import {
  beginAsking,
  breakerState,
  closedBreaker,
  failed,
  succeeded,
  undecided,
  type Breaker,
} from './breaker.ts';
import type { Fetched, Refused } from './fetch-body.ts';
import { restAfterLimit, take, unspent, type Spent } from './pace.ts';
import type { Kinds, Provider } from './provider.ts';

export interface Heard<T> {
  readonly value: T;
  /** When it was asked. */
  readonly heardMs: number;
}

export interface Source {
  readonly provider: Provider;
  ask<Kind extends MarketKind>(
    kind: Kind,
    ask: Kinds[Kind]['ask'],
  ): Promise<Result<Heard<Kinds[Kind]['answer']>, MarketTrouble>>;
  view(): SourceView;
}

export interface SourceClock {
  now(): number;
  wait(ms: number): Promise<void>;
  /** About so long, each time another. */
  jittered(ms: number): number;
}

export interface SourceOptions {
  readonly provider: Provider;
  readonly url: string;
  readonly key: string | null;
  readonly clock: SourceClock;
  get(url: URL): Promise<Result<Fetched, Refused>>;
}

const mostTries = 3;
const firstPauseMs = 400;
/** Whoever asks waits no longer than this for its turn. */
const longestTurnMs = 2_000;
/** No further try is begun so long after the first. */
const patienceMs = 8_000;

const passing: ReadonlySet<MarketTrouble> = new Set(['timeout', 'unreachable', 'failed']);
/** What says nothing of the source's health: it answered. */
const answers: ReadonlySet<MarketTrouble> = new Set(['symbol', 'timeframe']);

interface State {
  breaker: Breaker;
  spent: Spent;
  heardMs: number | null;
  trouble: SourceView['trouble'];
  skewMs: number | null;
}

export function openSource(options: SourceOptions): Source {
  const { provider, clock } = options;
  const state: State = {
    breaker: closedBreaker,
    spent: unspent(provider.pace, clock.now()),
    heardMs: null,
    trouble: null,
    skewMs: null,
  };
  const underWay = new Map<string, Promise<unknown>>();
  return {
    provider,
    ask(kind, ask) {
      const name = JSON.stringify([kind, ask]);
      const before = underWay.get(name);
      // The same name is the same question, and so the same kind of answer.
      if (before) return before as ReturnType<typeof askNow<typeof kind>>;
      const asked = askNow(options, state, kind, ask).finally(() => underWay.delete(name));
      underWay.set(name, asked);
      return asked;
    },
    view() {
      const nowMs = clock.now();
      const { breaker, spent, heardMs, trouble, skewMs } = state;
      const untilMs = Math.max(breaker.openUntilMs, spent.notBeforeMs);
      return {
        name: provider.name,
        title: provider.title,
        homepage: provider.homepage,
        kinds: kindsOf(provider),
        isOn: true,
        breaker: breakerState(breaker, nowMs),
        heardMs,
        trouble,
        restsUntilMs: untilMs > nowMs ? untilMs : null,
        skewMs,
      };
    },
  };
}

export function kindsOf({ asks }: Provider): readonly MarketKind[] {
  return Object.keys(asks) as MarketKind[];
}

async function askNow<Kind extends MarketKind>(
  options: SourceOptions,
  state: State,
  kind: Kind,
  ask: Kinds[Kind]['ask'],
): Promise<Result<Heard<Kinds[Kind]['answer']>, MarketTrouble>> {
  const { provider, clock, key, url } = options;
  const question = provider.asks[kind];
  if (!question) return fail('symbol');
  const place = question.place(ask, key);
  if (!place.ok) return place;
  const address = addressOf(url, place.value);
  const heardMs = clock.now();
  const fetched = await patiently(options, state, address, (value, nowMs) =>
    question.read({ value, nowMs }, ask),
  );
  return fetched.ok ? ok({ value: fetched.value, heardMs }) : fetched;
}

function addressOf(
  base: string,
  { path, query }: { readonly path: string; readonly query: Readonly<Record<string, string>> },
): URL {
  const address = new URL(base.replace(/\/$/, '') + path);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address;
}

async function patiently<T>(
  options: SourceOptions,
  state: State,
  address: URL,
  read: (value: unknown, nowMs: number) => Result<T, MarketTrouble>,
): Promise<Result<T, MarketTrouble>> {
  const { clock } = options;
  const begunMs = clock.now();
  for (let tries = 1; ; tries++) {
    const got = await once(options, state, address, read);
    if (got.ok) return got;
    const isWorthIt = passing.has(got.error) && tries < mostTries;
    if (!isWorthIt || clock.now() - begunMs > patienceMs) return got;
    await clock.wait(clock.jittered(firstPauseMs * 2 ** (tries - 1)));
  }
}

async function once<T>(
  { provider, clock, get }: SourceOptions,
  state: State,
  address: URL,
  read: (value: unknown, nowMs: number) => Result<T, MarketTrouble>,
): Promise<Result<T, MarketTrouble>> {
  const begun = beginAsking(state.breaker, clock.now());
  if (!begun) return fail('resting');
  state.breaker = begun;
  if (!(await turn(provider, state, clock))) {
    state.breaker = undecided(state.breaker);
    return fail('limited');
  }
  const fetched = await get(address);
  const nowMs = clock.now();
  const told = fetched.ok ? understood(provider, fetched.value, nowMs, read) : null;
  if (told?.ok || (told && answers.has(told.error))) {
    state.breaker = succeeded();
    state.heardMs = nowMs;
    state.skewMs = fetched.ok ? fetched.value.skewMs : null;
    if (told.ok) state.trouble = null;
    return told;
  }
  const why = told ? told.error : fetched.ok ? 'nonsense' : fetched.error.why;
  state.trouble = { why, atMs: nowMs };
  if (why === 'limited') {
    const retryAfterMs = fetched.ok ? null : fetched.error.retryAfterMs;
    state.spent = restAfterLimit(state.spent, retryAfterMs, nowMs);
    state.breaker = undecided(state.breaker);
  } else state.breaker = failed(state.breaker, nowMs);
  return fail(why);
}

/** Waits for it, where that is not long. */
async function turn(provider: Provider, state: State, clock: SourceClock): Promise<boolean> {
  const untilMs = clock.now() + longestTurnMs;
  for (;;) {
    const { spent, waitMs } = take(state.spent, provider.pace, clock.now());
    state.spent = spent;
    if (waitMs === 0) return true;
    if (clock.now() + waitMs > untilMs) return false;
    await clock.wait(waitMs);
  }
}

function understood<T>(
  provider: Provider,
  { value, status, skewMs }: Fetched,
  nowMs: number,
  read: (value: unknown, nowMs: number) => Result<T, MarketTrouble>,
): Result<T, MarketTrouble> {
  const refused = provider.refusal?.(value, status) ?? null;
  if (refused) return fail(refused);
  if (status >= 400) return fail('failed');
  return read(value, nowMs + (skewMs ?? 0));
}
