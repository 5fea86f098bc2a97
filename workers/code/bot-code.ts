/**
 * A strategy in code as a bot asks it: brought to the present in a machine of its own by what it
 * was shown before, so that whoever asks, after whatever death, has the very same answer.
 *
 * A strategy knows its bars, what it holds and what it remembers, and nothing else: neither a clock
 * nor chance. Shown the same at the same bars it remembers the same. What it asked for at bars of
 * the past is not done again; what it asks at the last one is the answer.
 */
import type { BotTrip } from '#core/automation/bot-book.ts';
import type { BotTerms } from '#core/automation/bot-terms.ts';
import { tripsBy } from '#core/automation/simulated-trips.ts';
import type { OrderDesk } from '#core/execution/order-desk.ts';
import type { Bars } from '#core/market/bars.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeFailure, CodeLimits } from './api.ts';
import { codeTrader, stopOf, type CodeTrader } from './code-trader.ts';
import type { Shown } from './desk-bridge.ts';
import { shownAgain } from './kept-view.ts';

export interface CodeText {
  readonly source: string;
  readonly inputs: Readonly<Record<string, number>>;
}

export interface AskedView {
  /** Index of the bar. */
  readonly bar: number;
  /** See `kept-view.ts`. */
  readonly view: string;
}

export interface CodeStep extends CodeText {
  /** Closed ones, from the first that the bot knows. */
  readonly bars: Bars;
  /** What it was shown at the bars that it was asked on, in their order; the last is of now. */
  readonly views: readonly AskedView[];
}

export interface StepAnswer {
  /** As `carryOut` takes them. */
  readonly commands: Float64Array;
  /** What it wrote at the last bar. */
  readonly lines: readonly string[];
}

export interface StepPorts {
  readonly limits: Pick<CodeLimits, 'memoryBytes' | 'callMs'>;
  readonly nowMs: () => number;
  readonly onAlive: () => void;
}

/** The sign of life is given no more often. */
const breathMs = 200;
/** Lines of one bar that are told. */
const mostLines = 20;

/** Errors: those of `codeTrader`. */
export async function stepCode(
  { source, inputs, bars, views }: CodeStep,
  { limits, nowMs, onAlive }: StepPorts,
): Promise<Result<StepAnswer, CodeFailure>> {
  let commands = new Float64Array(0);
  let lines: string[] = [];
  const made = await codeTrader(
    { source, inputs, bars },
    {
      ...{ limits, nowMs, onAlive },
      onCommands: (_, asked) => (commands = Float64Array.from(asked)),
      onLog: (line) => lines.push(line),
    },
  );
  if (!made.ok) return made;
  const trader = made.value;
  let heardMs = nowMs();
  return caught(trader, () => {
    for (const { bar, view } of views) {
      commands = new Float64Array(0);
      lines = [];
      trader.onBar(0, bar, quietDesk(shownAgain(view)));
      // What was written at earlier bars was told then.
      trader.lastWords();
      if (nowMs() - heardMs < breathMs) continue;
      heardMs = nowMs();
      onAlive();
    }
    return { commands, lines: lines.slice(0, mostLines) };
  });
}

/** Shows what it is told, and does nothing. */
function quietDesk({ positions, orders, ...money }: Shown): OrderDesk {
  const held = positions.map((position) => ({ ...position, market: 0 }));
  const working = orders.map(({ handle, ...order }, id) => ({
    ...order,
    market: 0,
    id,
    tag: handle,
  }));
  let lastId = orders.length;
  return {
    ...money,
    positions: () => held,
    workingOrders: () => working,
    closedProfits: () => [],
    place: () => ({ id: ++lastId }),
    cancel: () => undefined,
    move: () => undefined,
    close: () => undefined,
  };
}

export interface CodeTrips extends CodeText {
  readonly bars: Bars;
  /** It is asked from this one on. */
  readonly firstBar: number;
  readonly terms: BotTerms;
}

/** Those of the same code in the engine, which a bot's are compared with. */
export async function codeTrips(
  { source, inputs, bars, firstBar, terms }: CodeTrips,
  { limits, nowMs, onAlive }: StepPorts,
): Promise<Result<readonly BotTrip[], CodeFailure>> {
  const made = await codeTrader({ source, inputs, bars }, { limits, nowMs, onAlive });
  if (!made.ok) return made;
  const trader = made.value;
  let heardMs = nowMs();
  const late = {
    onBar(market: number, bar: number, desk: OrderDesk) {
      if (bar >= firstBar) trader.onBar(market, bar, desk);
      if (nowMs() - heardMs < breathMs) return;
      heardMs = nowMs();
      onAlive();
    },
  };
  return caught(trader, () => tripsBy(late, bars, terms));
}

function caught<T>(trader: CodeTrader, work: () => T): Result<T, CodeFailure> {
  try {
    return ok(work());
  } catch (error) {
    const failure = stopOf(error);
    if (!failure) throw error;
    trader.lastWords();
    return fail(failure);
  }
}

/** Whether a bot can be made of it: its text is read and its `init` is run, on no bars. */
export async function checkCode(
  { source, inputs }: CodeText,
  { limits, nowMs, onAlive }: StepPorts,
): Promise<Result<null, CodeFailure>> {
  const made = await codeTrader({ source, inputs, bars: noBars }, { limits, nowMs, onAlive });
  return made.ok ? ok(null) : made;
}

const none = new Float64Array(0);
const noBars: Bars = {
  ...{ length: 0, timesMs: none, scale: 1, digits: 5 },
  bid: { open: none, high: none, low: none, close: none },
  ...{ ask: null, volume: none, spreadPoints: null },
};
