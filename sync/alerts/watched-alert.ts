/** One alert that is waited on: the side its value is on, and what of it is yet to be told. */
import { hasCrossed, sideOf, type Side } from '#core/alerts/crossing.ts';
import type { AlertWay } from '#core/alerts/alert.ts';
import type { AlertRow } from './alert-rows.ts';
import type { Firing, Seen } from './fire.ts';

export interface WatchedAlert {
  readonly row: AlertRow;
  /** A value of now: notes its side, and where it came to its level that this is to be told. */
  see(value: number, level: number, way: AlertWay, atMs: number): void;
  /** Something happened that has a name of its own. */
  happened(firing: Firing): void;
  /** What bars show of the time when nobody watched. */
  missed(past: PastPrices): void;
  /** As the database has it now. */
  renew(row: AlertRow): void;
  readonly isDue: boolean;
  /** Tells what is due; throws where it could not, and then it stays due. */
  tell(): Promise<void>;
  /** Writes the side down, where it changed and nothing is due. */
  keep(): Promise<void>;
}

export interface PastPrices {
  /** Of the last bar. */
  readonly close: number;
  readonly level: number;
  readonly way: AlertWay;
  /** The price came to its level in them. */
  readonly firing: Firing | null;
}

/** What it does with what it saw. */
export interface AlertKeeping {
  /** The alert as it is now, told or not; null where it is gone. */
  fire(seen: Omit<Seen, 'session'>): Promise<AlertRow | null>;
  keepSide(row: AlertRow, side: Side | null): Promise<void>;
}

export function watchedAlert(keeping: AlertKeeping, given: AlertRow): WatchedAlert {
  let row = given;
  let side = given.side;
  let keptSide = given.side;
  let isSeen = false;
  const due: Firing[] = [];
  /** What happened and was told, or was known to have been. */
  const told = new Set<string>();
  const renew = (fresh: AlertRow) => {
    if (fresh.revision !== row.revision) {
      due.length = 0;
      told.clear();
      side = fresh.side;
      isSeen = false;
    }
    row = fresh;
    keptSide = fresh.side;
  };
  const happened = (firing: Firing) => {
    const { key } = firing;
    if (key === null || told.has(key) || due.some((each) => each.key === key)) return;
    due.push(firing);
  };
  return {
    get row() {
      return row;
    },
    get isDue() {
      return due.length > 0;
    },
    see(value, level, way, atMs) {
      const now: Side = sideOf(value, level);
      const before = side;
      side = now;
      isSeen = true;
      const isWaiting = due.some(({ key }) => key === null);
      if (isWaiting || !hasCrossed(before, now, way)) return;
      due.push({ key: null, atMs, value, detail: {} });
    },
    happened,
    missed({ close, level, way, firing }) {
      if (firing) happened(firing);
      if (isSeen) return;
      const then = sideOf(close, level);
      // What came to its level between what was seen last and the first bar is left to the next value.
      if (firing || !hasCrossed(side, then, way)) side = then;
    },
    renew,
    async tell() {
      for (let first = due[0]; first; first = due[0]) {
        const now = await keeping.fire({ known: row, firing: first, side });
        if (due[0] === first) due.shift();
        if (first.key !== null) told.add(first.key);
        if (!now) return void (due.length = 0);
        renew(now);
        if (now.state !== 'on') due.length = 0;
      }
    },
    async keep() {
      if (due.length > 0 || side === keptSide || row.state !== 'on') return;
      const now = side;
      await keeping.keepSide(row, now);
      keptSide = now;
    },
  };
}
