/**
 * Which position each deal of a MetaTrader 5 report belongs to: its table of deals does not say.
 *
 * Netting: from flat to flat of a symbol, named by the order that opened it. Hedging: a position
 * is named by its opening order; a closing deal is matched with the closed positions by time,
 * price, volume and money, else by what its comment names, else with the oldest that is open.
 */
import { units } from '#core/journal/decimal-sums.ts';
import type { DraftDeal } from './draft.ts';
import type { Mt5Report, PositionRow } from './mt5-rows.ts';

export function withPositions(report: Mt5Report): DraftDeal[] {
  const isNetting = (report.mode ?? modeOf(report.deals)) === 'netting';
  const placed = isNetting ? netted(report) : new Hedges(report).placed();
  const stops = new Map(report.positions.map((row) => [row.position, row]));
  for (const deal of placed) {
    if (deal.entry !== 'in') continue;
    const levels = report.orders.get(deal.order) ?? stops.get(deal.position);
    if (levels) [deal.sl, deal.tp] = [levels.sl, levels.tp];
  }
  return placed;
}

/** Copied once, whatever is found out of it then: a copy for each would take as long as the rest. */
type PlacedDeal = { -readonly [Field in keyof DraftDeal]: DraftDeal[Field] };

function placedAt(deal: DraftDeal, position: string): PlacedDeal {
  return {
    deal: deal.deal,
    order: deal.order,
    position,
    symbol: deal.symbol,
    kind: deal.kind,
    entry: deal.entry,
    volumeLots: deal.volumeLots,
    price: deal.price,
    commission: deal.commission,
    fee: deal.fee,
    swap: deal.swap,
    profit: deal.profit,
    comment: deal.comment,
    sl: deal.sl,
    tp: deal.tp,
    wallMs: deal.wallMs,
    line: deal.line,
    balance: deal.balance,
  };
}

const isTrade = ({ kind }: DraftDeal): boolean => kind === 'buy' || kind === 'sell';
const isClosing = ({ entry }: DraftDeal): boolean => entry === 'out' || entry === 'out-by';

/** Where the report does not say: only netting turns, only hedging holds both sides at once. */
function modeOf(deals: readonly DraftDeal[]): 'hedging' | 'netting' {
  if (deals.some(({ entry }) => entry === 'inout')) return 'netting';
  const open = new Map<string, number>();
  let closesMore = false;
  const largest = new Map<string, number>();
  for (const deal of deals.filter(isTrade)) {
    const before = open.get(deal.symbol) ?? 0;
    const signed = (deal.kind === 'buy' ? 1 : -1) * units(deal.volumeLots);
    if (deal.entry === 'in') {
      if (before !== 0 && Math.sign(before) !== Math.sign(signed)) return 'hedging';
      largest.set(deal.symbol, Math.max(largest.get(deal.symbol) ?? 0, Math.abs(signed)));
    } else if (Math.abs(signed) > (largest.get(deal.symbol) ?? Infinity)) closesMore = true;
    if (before + signed === 0) largest.delete(deal.symbol);
    open.set(deal.symbol, before + signed);
  }
  return closesMore ? 'netting' : 'hedging';
}

function netted({ deals, positions }: Mt5Report): PlacedDeal[] {
  const open = new Map<string, { position: string; units: number }>();
  return deals.map((deal) => {
    if (!isTrade(deal)) return placedAt(deal, deal.position);
    const there = open.get(deal.symbol);
    const position = there?.position ?? (isClosing(deal) ? before(deal, positions) : deal.order);
    // Of what was opened before the report begins the volume is not known.
    if (!there && isClosing(deal)) return placedAt(deal, position);
    const signed = (deal.kind === 'buy' ? 1 : -1) * units(deal.volumeLots);
    const left = (there?.units ?? 0) + signed;
    if (left === 0) open.delete(deal.symbol);
    else open.set(deal.symbol, { position, units: left });
    return placedAt(deal, position);
  });
}

/** The position of which this deal is a closing though its opening is not in the report. */
function before(deal: DraftDeal, positions: readonly PositionRow[]): string {
  const found = positions.find(
    (row) =>
      row.symbol === deal.symbol &&
      row.side !== deal.kind &&
      row.openedMs <= deal.wallMs &&
      row.closedMs >= deal.wallMs,
  );
  return found?.position ?? '';
}

interface OpenHedge {
  readonly position: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  left: number;
  /** Null while it is open at the end of the report. */
  readonly row: PositionRow | null;
  /** One deal ended all of it: no other closing is of it. */
  readonly isEndedAtOnce: boolean;
}

class Hedges {
  private readonly report: Mt5Report;
  private readonly open = new Map<string, OpenHedge>();
  /** By symbol and side, the oldest first. */
  private readonly lines = new Map<string, Set<OpenHedge>>();
  private readonly rows: ReadonlyMap<string, PositionRow>;
  /** Positions by their endings, and the deals that tell of such. */
  private readonly endings: Endings<PositionRow>;
  private readonly closings: Endings<DraftDeal>;

  constructor(report: Mt5Report) {
    this.report = report;
    this.rows = new Map(report.positions.map((row) => [row.position, row]));
    this.endings = byEnding(report.positions, endingOf);
    this.closings = byEnding(report.deals.filter(isClosing), endingBy);
    this.openBefore();
  }

  placed(): PlacedDeal[] {
    return this.report.deals.map((deal) => {
      if (!isTrade(deal)) return placedAt(deal, deal.position);
      const position = isClosing(deal) ? this.close(deal) : this.begin(deal);
      return placedAt(deal, position);
    });
  }

  /** What the report closes and did not open. */
  private openBefore(): void {
    const opened = new Set(
      this.report.deals.filter((deal) => !isClosing(deal)).map((d) => d.order),
    );
    for (const row of this.report.positions) {
      if (opened.has(row.position) || Number.isNaN(row.volumeLots)) continue;
      this.hold(row.position, row.symbol, row.side, row.volumeLots);
    }
  }

  private begin(deal: DraftDeal): string {
    const position = deal.order === '' ? deal.deal : deal.order;
    this.hold(position, deal.symbol, deal.kind === 'sell' ? 'sell' : 'buy', deal.volumeLots);
    return position;
  }

  /** One order may be filled in parts: all of one position. */
  private hold(position: string, symbol: string, side: 'buy' | 'sell', lots: number): void {
    const there = this.open.get(position);
    if (there) {
      there.left += units(lots);
      return;
    }
    const row = this.rows.get(position) ?? null;
    const isEndedAtOnce =
      row !== null && (this.closings.get(endingOf(row)) ?? []).some((deal) => isEnding(row, deal));
    const hedge = { position, symbol, side, left: units(lots), row, isEndedAtOnce };
    this.open.set(position, hedge);
    const key = `${symbol}\n${side}`;
    const line = this.lines.get(key);
    if (line) line.add(hedge);
    else this.lines.set(key, new Set([hedge]));
  }

  private close(deal: DraftDeal): string {
    const side = deal.kind === 'buy' ? 'sell' : 'buy';
    const line = this.lines.get(`${deal.symbol}\n${side}`);
    const found = this.ended(deal) ?? this.named(deal, side) ?? oldest(deal, line);
    if (!found) return '';
    found.left -= units(deal.volumeLots);
    if (found.left <= 0) {
      line?.delete(found);
      this.open.delete(found.position);
    }
    return found.position;
  }

  /** The position that ended with just this deal; of several the one with the same money. */
  private ended(deal: DraftDeal): OpenHedge | null {
    const rows = this.endings.get(endingBy(deal)) ?? [];
    const there = rows.filter((row) => this.open.has(row.position) && isEnding(row, deal));
    const row =
      there.find(({ profit, swap }) => profit === deal.profit && swap === deal.swap) ?? there[0];
    return (row && this.open.get(row.position)) ?? null;
  }

  private named(deal: DraftDeal, side: 'buy' | 'sell'): OpenHedge | null {
    for (const [, position = ''] of deal.comment.matchAll(/#(\d{1,20})/g)) {
      const hedge = this.open.get(position);
      if (hedge?.symbol === deal.symbol && hedge.side === side) return hedge;
    }
    return null;
  }
}

/** Open then, with enough left; of those closed later or never, not of one closed already. */
function oldest(deal: DraftDeal, line: ReadonlySet<OpenHedge> | undefined): OpenHedge | null {
  const volume = units(deal.volumeLots);
  let possible: OpenHedge | null = null;
  for (const hedge of line ?? []) {
    if (hedge.left < volume || hedge.isEndedAtOnce) continue;
    if (hedge.row && hedge.row.openedMs > deal.wallMs) continue;
    if (hedge.row && isPartOf(deal, hedge, volume)) return hedge;
    possible ??= !hedge.row || hedge.row.closedMs >= deal.wallMs ? hedge : null;
  }
  return possible;
}

/** Its last part ends when the position does, an earlier part before. */
function isPartOf({ wallMs }: DraftDeal, { row, left }: OpenHedge, volume: number): boolean {
  return row !== null && (left === volume ? row.closedMs === wallMs : row.closedMs > wallMs);
}

/** By a number of what an ending is told by; others may have the same. */
type Endings<T> = ReadonlyMap<number, readonly T[]>;

function byEnding<T>(all: readonly T[], ending: (one: T) => number): Endings<T> {
  const by = new Map<number, T[]>();
  for (const one of all) {
    const key = ending(one);
    const there = by.get(key);
    if (there) there.push(one);
    else by.set(key, [one]);
  }
  return by;
}

const endingBy = ({ wallMs, price, volumeLots }: DraftDeal): number =>
  endingKey(wallMs, price, volumeLots);
const endingOf = ({ closedMs, closePrice, volumeLots }: PositionRow): number =>
  endingKey(closedMs, closePrice, volumeLots);
const endingKey = (ms: number, price: number, lots: number): number =>
  ms + 8_191 * price + units(lots) / 131_071;

function isEnding(
  row: PositionRow,
  { symbol, kind, wallMs, price, volumeLots }: DraftDeal,
): boolean {
  return (
    row.symbol === symbol &&
    row.side === (kind === 'buy' ? 'sell' : 'buy') &&
    row.closedMs === wallMs &&
    row.closePrice === price &&
    units(row.volumeLots) === units(volumeLots)
  );
}
