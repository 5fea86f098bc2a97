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
}
