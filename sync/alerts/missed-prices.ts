/**
 * Prices that came to the level of an alert while nobody watched, as the terminal's bars show them.
 *
 * Looked for once after a terminal has come, for alerts that there were by then: what came
 * since is seen as it happens.
 */
import { lastCrossing } from '#core/alerts/missed-crossing.ts';
import { isOver, type AlertCondition } from '#core/alerts/alert.ts';
import { barLengthMs } from '#core/automation/bot.ts';
import { pastBars } from '../automation/history.ts';
import type { LiveSession } from '../terminals/live-session.ts';
import type { AlertRow } from './alert-rows.ts';
import type { Firing } from './fire.ts';
import type { WatchedAlert } from './watched-alert.ts';

export interface MissedPrices {
  /** The terminal has told all, or had its time. */
  readonly isDone: boolean;
  /** Nobody has looked yet for what this one missed. */
  waitsFor(row: AlertRow): boolean;
  /** What was missed is due then. */
  look(): Promise<void>;
}

export interface MissedPricesOptions {
  readonly live: LiveSession;
  now(): number;
  /** Those on prices, as they are known now. */
  watchers(): readonly WatchedAlert[];
}

const timeframe = 'M1';
const lengthMs = barLengthMs(timeframe);
/** Two days: what was missed longer ago is no news. */
const mostBars = 2_880;
/** A terminal that has just begun does not know its broker's clock yet, or its past. */
const patienceMs = 300_000;

type PriceCondition = Extract<AlertCondition, { readonly t: 'price' }>;

export function missedPrices({ live, now, watchers }: MissedPricesOptions): MissedPrices {
  const beganMs = now();
  let waiting: ReadonlySet<string> | null = null;
  const onPrices = () =>
    watchers().flatMap((alert) => {
      const { condition, createdMs } = alert.row;
      return condition.t === 'price' && createdMs <= beganMs ? [{ alert, condition }] : [];
    });

  /** False where the terminal tells nothing. */
  async function lookAt(symbol: string): Promise<boolean> {
    const isOf = ({ condition }: { readonly condition: PriceCondition }) =>
      condition.symbol === symbol;
    const sinceMs = Math.min(
      ...onPrices()
        .filter(isOf)
        .map(({ alert }) => openSince(alert.row)),
    );
    const count = Math.min(mostBars, Math.floor((now() - sinceMs) / lengthMs));
    if (count < 1) return true;
    const bars = await pastBars(live, { symbol, timeframe, count, nowMs: now() });
    for (const { alert, condition } of onPrices().filter(isOf)) {
      const { row } = alert;
      const seen = bars.filter(
        ({ openMs }) => openMs >= openSince(row) && !isOver(row, openMs + lengthMs),
      );
      const last = seen.at(-1);
      if (!last) continue;
      const { way, price: level } = condition;
      const bar = lastCrossing(seen, level, way);
      const firing = bar ? firingOf(row, bar.openMs, level) : null;
      alert.missed({ close: last.close, level, way, firing });
    }
    return bars.length > 0;
  }

  const isDone = () => waiting?.size === 0 || now() - beganMs > patienceMs;
  return {
    get isDone() {
      return isDone();
    },
    waitsFor({ condition, createdMs }) {
      if (condition.t !== 'price' || createdMs > beganMs || isDone()) return false;
      return waiting?.has(condition.symbol) ?? true;
    },
    async look() {
      const left = new Set(waiting ?? onPrices().map(({ condition }) => condition.symbol));
      waiting = left;
      for (const symbol of left) if (await lookAt(symbol)) left.delete(symbol);
    },
  };
}

function firingOf({ revision }: AlertRow, openMs: number, level: number): Firing {
  const key = `missed:${revision}:${openMs}`;
  return { key, atMs: openMs + lengthMs, value: level, detail: { seen: 'bars' } };
}

/** From when on it is to be told of a crossing, which would have been told had it been seen. */
function openSince({ changedMs, lastFiredMs, pauseMs }: AlertRow): number {
  return lastFiredMs === null ? changedMs : lastFiredMs + pauseMs;
}
