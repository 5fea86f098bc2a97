/** Lives of the world by seed: what was broken, and what led there. */
import type { TradeRequest } from '#core/broker/request.ts';
import type { Chance } from '../simulation/chance.ts';
import { Broken } from './expectations.ts';
import type { Incident } from './faults.ts';
import { Crash } from './process.ts';
import { faultAtRest } from './rest.ts';
import { allSafeguards, type Safeguards } from './safeguards.ts';
import { serverOffsetMs } from './terminal.ts';
import { manualTrade } from './manual-trade.ts';
import { someRequest } from './trader.ts';
import { accountId, inMemory, openWorld, startMs, type Footing, type World } from './world.ts';

export interface Violation {
  readonly seed: number;
  readonly invariant: string;
  readonly detail: string;
  readonly trace: readonly string[];
}

export interface Life {
  readonly violation: Violation | null;
  readonly events: number;
  readonly deals: number;
  readonly intents: number;
  readonly faults: ReadonlyMap<string, number>;
}

const requestsAtLeast = 6;
const requestsAtMost = 20;
const busyMs = 70_000;
const calmMs = 12_000;
/** Longer than any fate may stay open, and shorter than until all is compared anyway. */
const mostRestMs = 200_000;
const quoteEachMs = 1_500;
/** Far more than any life has that comes to rest. */
const mostEvents = 20_000;

export async function simulate(
  seed: number,
  safeguards: Safeguards = allSafeguards,
  footing: Footing = inMemory,
): Promise<Life> {
  // Within a life no real time passes: between two of them whatever else runs here has its turn.
  await new Promise((done) => setImmediate(done));
  const world = openWorld(seed, safeguards, footing);
  const fault = await liveThrough(world);
  const violation = fault && {
    ...{ seed, invariant: fault.invariant, detail: fault.message, trace: world.trace },
  };
  return {
    violation,
    events: world.time.events,
    deals: world.broker.deals().length - 1,
    intents: world.database.kept().intents.size,
    faults: world.faults.counts,
  };
}

async function liveThrough(world: World): Promise<Broken | null> {
  try {
    return (await beBusy(world)) ?? (await comeToRest(world));
  } catch (error) {
    return new Broken('no error', error instanceof Error ? (error.stack ?? '') : String(error));
  }
}

async function beBusy(world: World): Promise<Broken | null> {
  const { time, chance } = world;
  movePrices(world);
  const requests = requestsAtLeast + chance.below(requestsAtMost - requestsAtLeast);
  for (let n = 1; n <= requests; n++) {
    time.after(500 + chance.below(busyMs), () => beginRequest(world, n));
  }
  for (let n = chance.below(5); n > 0; n--) {
    time.after(chance.below(busyMs), () => happen(world));
  }
  return passUntil(world, startMs + busyMs);
}

async function passUntil(world: World, untilMs: number): Promise<Broken | null> {
  let isThere = false;
  world.time.after(untilMs - world.time.nowMs(), () => (isThere = true));
  while (!isThere && !world.broken) {
    await world.time.step();
    if (world.time.events > mostEvents)
      return new Broken('it comes to rest', 'it goes on for ever');
  }
  return world.broken;
}

/** No fault any more: in the end all is known and everywhere the same. */
async function comeToRest(world: World): Promise<Broken | null> {
  const { time, faults, terminal, database, broker } = world;
  faults.end();
  const untilMs = time.nowMs() + mostRestMs;
  for (;;) {
    const broken = await passUntil(world, time.nowMs() + calmMs);
    if (broken) return broken;
    const fault = faultAtRest(database.kept(), broker);
    const isOpen = fault !== null || terminal.waiting > 0;
    if (!isOpen || time.nowMs() >= untilMs) return fault;
  }
}

function movePrices(world: World): void {
  const { time, chance, broker, expectations } = world;
  const way = chance.of([2, 5, 12]);
  const move = () => {
    const quotes = ['EURUSD', 'GBPUSD'].flatMap((symbol) => {
      const quote = broker.quote(symbol);
      if (!quote) return [];
      const by = Math.round((chance.next() - 0.5) * 2 * way) / 10_000;
      const bid = Math.round((quote.bid + by) * 100_000) / 100_000;
      return [{ symbol, bid, ask: Math.round((bid + 0.0001) * 100_000) / 100_000 }];
    });
    broker.tick(quotes, time.nowMs() + serverOffsetMs);
    expectations.traded();
    // At rest prices stand still, so that nothing new begins.
    if (!world.faults.areOver) time.after(quoteEachMs, move);
  };
  time.after(quoteEachMs, move);
}

const incidents: Readonly<Record<Incident, number>> = {
  cut: 24,
  'half-open': 16,
  'server dies': 14,
  'connector dies': 14,
  'terminal off line': 14,
  'manual trade': 18,
};

function happen(world: World): void {
  const { chance, faults, terminal } = world;
  const incident = chance.weighted(incidents);
  faults.note(incident);
  switch (incident) {
    case 'cut':
      return world.cut(false);
    case 'half-open':
      return world.cut(true);
    case 'server dies':
      return world.killServer();
    case 'connector dies':
      return world.killConnector();
    case 'terminal off line':
      world.say('the terminal is off line');
      return terminal.loseBroker(1_000 + chance.below(40_000));
    case 'manual trade':
      world.say('a trade by hand');
      manualTrade(world.broker, chance);
      return world.expectations.traded();
  }
}

const answerWaitMs = 4_000;
const mostTries = 2;

function beginRequest(world: World, number: number): void {
  const { chance, broker, database, time } = world;
  const wishes = { chance, accountId, broker, seen: database.kept, nowMs: time.nowMs };
  const request = someRequest(wishes, number);
  if (request) ask(world, request, 1);
}

/** The device asks again under the same id until it hears an answer. */
function ask(world: World, request: TradeRequest, tries: number): void {
  const { time, chance, faults } = world;
  let isAnswered = false;
  const again = (ms: number) =>
    time.after(ms, () => {
      if (isAnswered) return;
      if (tries < mostTries) return ask(world, request, tries + 1);
      world.settle(request)?.catch((error: unknown) => noteCrash(world, error));
    });
  again(answerWaitMs + chance.below(2_000));
  if (faults.happens('request lost')) return;
  const arrive = () =>
    void world
      .submit(request)
      ?.then((intents) => {
        if (!intents) return;
        if (intents.length > 0) world.expectations.acknowledged(request, intents);
        if (faults.happens('answer lost')) return;
        time.after(5 + chance.below(60), () => (isAnswered = true));
      })
      .catch((error: unknown) => noteCrash(world, error));
  time.after(latencyOf(chance), arrive);
  if (faults.happens('request twice')) time.after(latencyOf(chance), arrive);
  if (faults.happens('request again much later')) time.after(20_000 + chance.below(60_000), arrive);
}

const latencyOf = (chance: Chance): number => 5 + chance.below(60);

function noteCrash(world: World, error: unknown): void {
  const isExpected =
    error instanceof Crash || (error instanceof Error && /database is gone/.test(error.message));
  if (!isExpected) world.say(`error ${String(error)}`);
}
