/**
 * The half of the machine's first program that strategies meet: `ctx`, its series and its orders.
 *
 * A series is a ring of the last bars that the host writes as they close: what lies ahead is not
 * in the machine at all.
 */
export const contextProgram = String.raw`
let shared = null, rings = null, entry = null, phase = 'load';
let bar = -1, handles = 0;
const declared = [];
const MASK = HISTORY_BARS - 1;

/** The place of a series in the rings is nobody else's business, hence private. */
class Series {
  #base;
  constructor(id) {
    this.#base = id * HISTORY_BARS;
    freeze(this);
  }
  at(back) {
    if (back === undefined) back = 0;
    if (!(back >= 0 && back <= bar && back < HISTORY_BARS)) return NaN;
    return rings[this.#base + ((bar - back) & MASK)];
  }
  get now() { return bar < 0 ? NaN : rings[this.#base + (bar & MASK)]; }
  get previous() { return this.at(1); }
  static idOf(value) {
    return typeof value === 'object' && value !== null && #base in value ? value.#base / HISTORY_BARS : undefined;
  }
  /** 1 where a was below b and now is above, -1 the other way round, 0 for no cross; a tie is none. */
  static cross(a, b) {
    if (bar < 1) return 0;
    const now = bar & MASK, before = (bar - 1) & MASK;
    let a0 = a, a1 = a, b0 = b, b1 = b;
    if (typeof a !== 'number') { const base = a.#base; a0 = rings[base + now]; a1 = rings[base + before]; }
    if (typeof b !== 'number') { const base = b.#base; b0 = rings[base + now]; b1 = rings[base + before]; }
    return a1 < b1 ? (a0 > b0 ? 1 : 0) : a1 > b1 && a0 < b0 ? -1 : 0;
  }
}
const { idOf } = Series;
const cross = (a, b) => {
  try {
    return Series.cross(a, b);
  } catch {
    throw new TypeError('A cross is between series and numbers');
  }
};
for (const each of [Series, Series.prototype]) {
  for (const key of ownKeys(each)) {
    const { get, value } = Object.getOwnPropertyDescriptor(each, key);
    if (get) freeze(get);
    if (typeof value === 'function') freeze(value);
  }
  freeze(each);
}
const makeSeries = (id) => new Series(id);

const indicator = (name, ...args) => {
  if (phase !== 'init') throw new Error('ctx.indicator is called in init, once for each column');
  const sources = [], parameters = [];
  for (let i = 0; i < args.length; i++) {
    const id = idOf(args[i]);
    if (id !== undefined) sources[sources.length] = id;
    else if (typeof args[i] === 'number') parameters[parameters.length] = args[i];
    else throw new TypeError('ctx.indicator takes a name, then series, then numbers');
  }
  const known = shape[stringOf(name)];
  if (!known) throw new TypeError('There is no indicator called ' + cut(stringOf(name), 40));
  if (known.repaints) throw new TypeError('The values of ' + name + ' change with later bars: no strategy can trade on it');
  if (declared.length >= 64) throw new RangeError('At most 64 indicators');
  const first = barColumns.length + declared.reduce((sum, each) => sum + each.outputs, 0);
  declared[declared.length] = { name, sources, parameters, outputs: known.outputs.length };
  if (known.outputs.length === 1) return makeSeries(first);
  const all = {};
  for (let i = 0; i < known.outputs.length; i++) all[known.outputs[i]] = makeSeries(first + i);
  return freeze(all);
};

const command = (op, ...values) => {
  if (phase !== 'next') throw new Error('Orders are given in next');
  const count = shared[head.commands];
  if (count >= MOST_COMMANDS) throw new RangeError('More than ' + MOST_COMMANDS + ' orders in one bar');
  const at = commandsAt + count * COMMAND;
  shared[at] = op;
  for (let i = 0; i < values.length; i++) shared[at + 1 + i] = values[i];
  shared[head.commands] = count + 1;
};

const orderKeys = ['units', 'lots', 'risk', 'equityPart', 'stop', 'target', 'limit', 'stopAt', 'expiryBars', 'oco'];
/** Reads each key once, so that no getter answers twice. */
const readOrder = (order) => {
  if (typeof order !== 'object' || order === null) throw new TypeError('An order is an object, such as { units: 1 }');
  const read = {};
  for (const key of ownKeys(order)) {
    if (!orderKeys.includes(key)) throw new TypeError('An order has no ' + cut(stringOf(key), 40) + '; it has ' + orderKeys.join(', '));
    const value = order[key];
    if (value === undefined) continue;
    if (typeof value !== 'number') throw new TypeError(key + ' must be a number');
    if (!finite(value) && !(key === 'stop' || key === 'target')) throw new RangeError(key + ' must be a finite number, not ' + value);
    read[key] = value;
  }
  return read;
};
const sizes = ['units', 'lots', 'risk', 'equityPart'];
const place = (side, order) => {
  const read = readOrder(order);
  const stated = sizes.filter((key) => read[key] !== undefined);
  if (stated.length > 1) throw new TypeError('An order has one size: units, lots, risk or equityPart');
  const by = stated[0] ?? 'equityPart';
  const size = read[by] ?? 1;
  if (!(size > 0)) throw new RangeError(by + ' must be more than 0, not ' + size);
  if (by === 'risk' && !(read.stop > 0)) throw new TypeError('An order sized by risk needs a stop');
  if (read.expiryBars !== undefined && !(isInteger(read.expiryBars) && read.expiryBars > 0)) throw new RangeError('expiryBars must be a whole number from 1');
  const kind = (read.limit === undefined ? 0 : 1) + (read.stopAt === undefined ? 0 : 2);
  const handle = ++handles;
  command(ops.place, handle, side, kind, sizes.indexOf(by), size, read.stopAt ?? read.limit ?? NaN, read.limit ?? NaN, read.stop ?? NaN, read.target ?? NaN, read.expiryBars ?? NaN, read.oco ?? NaN);
  return handle;
};
const level = (value) => (value === undefined ? Infinity : value === null ? NaN : +value);

const readPosition = (i) => {
  const at = positionsAt + i * POSITION;
  const side = shared[at + 1];
  return freeze({ id: shared[at], side: side > 0 ? 'long' : 'short', units: shared[at + 2], entryBar: shared[at + 3], entryPrice: shared[at + 4], stop: shared[at + 5], target: shared[at + 6] });
};
const readWorking = (i) => {
  const at = ordersAt + i * ORDER;
  return freeze({ id: shared[at], side: shared[at + 1] > 0 ? 'long' : 'short', kind: kinds[shared[at + 2]], units: shared[at + 3], price: shared[at + 4], limit: shared[at + 5] });
};
const listOf = (count, read) => {
  const all = [];
  for (let i = 0; i < count; i++) all[i] = read(i);
  return freeze(all);
};
const live = () => { if (phase !== 'next') throw new Error('There is no account before the first bar'); };

let inputs = freeze({});
let shape = {};
const [open, high, low, close, volume, openMs] = barColumns.map((_, id) => makeSeries(id));
const ctx = freeze({
  get inputs() { return inputs; },
  get bar() { return bar; },
  get time() { return openMs.at(0); },
  open, high, low, close, volume,
  indicator,
  get cash() { live(); return shared[head.cash]; },
  get equity() { live(); return shared[head.equity]; },
  get usedMargin() { live(); return shared[head.usedMargin]; },
  get positions() { live(); return listOf(shared[head.positions], readPosition); },
  get position() { live(); return shared[head.positions] > 0 ? readPosition(0) : null; },
  get orders() { live(); return listOf(shared[head.orders], readWorking); },
  buy: (order = {}) => place(1, order),
  sell: (order = {}) => place(-1, order),
  exit: (id, units) => command(ops.exit, id === undefined ? NaN : +id, units === undefined ? NaN : +units),
  move: (id, levels) => command(ops.move, +id, level(levels.stop), level(levels.target)),
  cancel: (id) => command(ops.cancel, id === undefined ? NaN : +id),
  crossesAbove: (a, b) => cross(a, b) === 1,
  crossesBelow: (a, b) => cross(a, b) === -1,
});
for (const one of [indicator, ctx.buy, ctx.sell, ctx.exit, ctx.move, ctx.cancel, ctx.crossesAbove, ctx.crossesBelow, log]) freeze(one);

/** Runs init; answers 0, or 1 where it threw. */
const start = (exported, values, shapes, buffer) => {
  shared = new Doubles(buffer);
  shape = parse(shapes);
  inputs = freeze(parse(values));
  const failed = attempt(() => {
    entry = exported.next;
    if (typeof entry !== 'function') throw new TypeError('A strategy exports a function called next');
    const init = exported.init;
    phase = 'init';
    if (init !== undefined) init(ctx);
  });
  phase = 'load';
  return failed;
};
const takeDeclared = () => stringify(declared);
/** The rings of all columns, one after another. */
const attach = (buffer) => { rings = new Doubles(buffer); };
const answer = () => {
  const answered = entry(ctx);
  if (answered instanceof PromiseOf) throw new TypeError('next must answer at once: it cannot be async');
};
const step = () => {
  bar = shared[head.bar];
  phase = 'next';
  return attempt(answer);
};
`;
