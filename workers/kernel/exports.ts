/** What the compiled kernel offers; the meaning is written beside each in `assembly/`. */

type Counter = WebAssembly.Global<'i32'>;
type Amount = WebAssembly.Global<'f64'>;

export interface KernelExports {
  readonly bar: Counter;
  readonly trips: Counter;
  readonly droppedEntries: Counter;
  readonly openBar: Counter;
  readonly cash: Amount;
  readonly commissions: Amount;
  readonly units: Amount;
  readonly openPrice: Amount;
  placePrices(
    bars: number,
    bid: number,
    ask: number,
    columnBytes: number,
    pointScale: number,
  ): void;
  placeRun(equity: number, flags: number): void;
  placeLevels(pairs: number, bars: number): void;
  placeTrips(columns: number, room: number): void;
  dividePrices(at: number, count: number, scale: number): void;
  mergeFlags(exits: number, count: number): void;
  setCosts(fixed: number, rate: number, spread: number, margin: number, rounds: boolean): void;
  setOrders(
    atClose: boolean,
    exclusive: boolean,
    whole: boolean,
    sizing: number,
    amount: number,
  ): void;
  start(firstBar: number, cash: number): void;
  advance(until: number): void;
  dropQueuedEntry(): void;
  closeAtOpen(bar: number): void;
  forgetTrips(): void;
  startSkim(firstBar: number, cash: number): void;
  endSkim(): void;
  makeBlocks(at: number): void;
  placeHolds(rows: number): void;
  placeLevel(which: number, kind: number, number: number, column: number): void;
  placeSignals(
    longEntries: number,
    shortEntries: number,
    longExits: number,
    shortExits: number,
  ): void;
  measure(
    start: number,
    from: number,
    end: number,
    cash: number,
    days: number,
    dayCount: number,
    scratch: number,
  ): number;
  arithmetic(
    operator: number,
    out: number,
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    words: number,
  ): void;
  absolute(out: number, a: number, words: number): void;
  fillSeries(from: number, end: number, value: number): void;
  placeNumber(at: number, value: number): void;
  shadowOf(out: number, a: number, words: number): void;
  startOf(a: number, bars: number): number;
  signs(
    above: number,
    below: number,
    same: number,
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    words: number,
  ): void;
  signsOfShadows(
    above: number,
    below: number,
    same: number,
    aShadow: number,
    bShadow: number,
    a: number,
    aStep: number,
    b: number,
    bStep: number,
    words: number,
  ): void;
  signsOfBand(
    above: number,
    below: number,
    same: number,
    distances: number,
    a: number,
    aStep: number,
    middle: number,
    width: number,
    factor: number,
    scratch: number,
    words: number,
  ): void;
  bandOf(out: number, middle: number, width: number, factor: number, words: number): void;
  distancesOf(
    out: number,
    a: number,
    aStep: number,
    middle: number,
    width: number,
    words: number,
  ): void;
  bitsAnd(out: number, a: number, b: number, words: number): void;
  bitsOr(out: number, a: number, b: number, words: number): void;
  bitsWithout(out: number, a: number, b: number, words: number): void;
  bitsNot(out: number, a: number, bars: number): void;
  bitsAfter(out: number, a: number, b: number, words: number): void;
  bitsAgo(out: number, a: number, ago: number, bars: number): void;
  bitsOfBytes(out: number, bytes: number, words: number): void;
  bytesOfBits(out: number, bits: number, words: number): void;
  averagePoints(
    out: number,
    values: number,
    start: number,
    bars: number,
    period: number,
    scale: number,
  ): void;
  windowSums(
    out: number,
    values: number,
    start: number,
    bars: number,
    period: number,
    divisor: number,
  ): void;
  smooth(
    out: number,
    values: number,
    start: number,
    bars: number,
    period: number,
    weight: number,
  ): void;
  weightedAverage(out: number, values: number, start: number, bars: number, period: number): void;
  extreme(
    out: number,
    values: number,
    start: number,
    bars: number,
    period: number,
    sign: number,
    scratch: number,
  ): void;
  trueRange(out: number, high: number, low: number, close: number, bars: number): void;
  averageRange(
    out: number,
    high: number,
    low: number,
    close: number,
    bars: number,
    period: number,
  ): void;
  strength(out: number, values: number, start: number, bars: number, period: number): void;
  deviation(out: number, values: number, start: number, bars: number, period: number): void;
  meanDistances(out: number, values: number, bars: number, period: number): void;
  placeInRange(out: number, close: number, top: number, bottom: number, bars: number): void;
  rateOfChange(out: number, values: number, bars: number, period: number): void;
  directions(
    plus: number,
    minus: number,
    index: number,
    high: number,
    low: number,
    ranges: number,
    bars: number,
    period: number,
  ): void;
  hasGap(a: number, start: number, bars: number): number;
}
