/** One alert that is waited on: the side its value is on, and what of it is yet to be told. */
import { hasCrossed, sideOf, type Side } from '#core/alerts/crossing.ts';
import type { AlertWay } from '#core/alerts/alert.ts';
import { keepSide, type AlertRow } from './alert-rows.ts';
import { fireAlert, type FireOptions, type Firing } from './fire.ts';

export interface WatchedAlert {
  readonly row: AlertRow;
  /** A value of now: notes its side, and where it came to its level that this is to be told. */
  see(value: number, level: number, way: AlertWay, atMs: number): void;
  /** Something happened that has a name of its own. */
  happened(firing: Firing): void;
  /** As the database has it now. */
  renew(row: AlertRow): void;
  readonly isDue: boolean;
  /** Tells what is due; throws where it could not, and then it stays due. */
  tell(): Promise<void>;
  /** Writes the side down, where it changed and nothing is due. */
  keep(): Promise<void>;
}

export function watchedAlert(
  options: FireOptions & { readonly session: string },
  given: AlertRow,
): WatchedAlert {
  let row = given;
  let side = given.side;
  let keptSide = given.side;
  const due: Firing[] = [];
  /** What happened and was told, or was known to have been. */
  const told = new Set<string>();
  const take = (fresh: AlertRow) => {
    row = fresh;
    keptSide = fresh.side;
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
      const isWaiting = due.some(({ key }) => key === null);
      if (isWaiting || !hasCrossed(before, now, way)) return;
      due.push({ key: null, atMs, value, detail: {} });
    },
    happened(firing) {
      const { key } = firing;
      if (key === null || told.has(key) || due.some((each) => each.key === key)) return;
      due.push(firing);
    },
    renew(fresh) {
      if (fresh.revision !== row.revision) {
        due.length = 0;
        side = fresh.side;
      }
      take(fresh);
    },
    async tell() {
      for (let first = due[0]; first; first = due[0]) {
        const seen = { known: row, session: options.session, firing: first, side };
        const now = await fireAlert(options, seen);
        if (due[0] === first) due.shift();
        if (first.key !== null) told.add(first.key);
        if (!now) return void (due.length = 0);
        take(now);
        if (now.state !== 'on') due.length = 0;
      }
    },
    async keep() {
      if (due.length > 0 || side === keptSide || row.state !== 'on') return;
      const now = side;
      await keepSide(options.database, row, now);
      keptSide = now;
    },
  };
}
