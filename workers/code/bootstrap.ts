/**
 * The program a machine runs first: it takes away what a strategy has no use for, keeps what it
 * needs itself where the strategy cannot reach it, and makes `ctx` over the shared memory.
 *
 * Plain JavaScript in a string, because it runs in the machine and nowhere else. It answers an
 * object of functions that the host calls; no function of the host is ever called from inside.
 */
import {
  barColumns,
  COMMAND,
  commandsAt,
  head,
  HISTORY_BARS,
  kinds,
  MOST_COMMANDS,
  ops,
  ORDER,
  ordersAt,
  POSITION,
  positionsAt,
  sizeKinds,
} from './layout.ts';
import { contextProgram } from './context-program.ts';

export const MOST_LINES = 1000;
export const LONGEST_LINE = 500;

const constants = {
  barColumns,
  COMMAND,
  commandsAt,
  head,
  HISTORY_BARS,
  kinds,
  MOST_COMMANDS,
  MOST_LINES,
  LONGEST_LINE,
  ops,
  ORDER,
  ordersAt,
  POSITION,
  positionsAt,
  sizeKinds,
};

/** Nothing here may run code of the strategy but `init` and `next`, inside `attempt`. */
const program = String.raw`
const { freeze, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf, defineProperty } = Object;
const { apply, ownKeys } = Reflect;
const { isFinite: finite, isInteger } = Number;
const { min, floor, imul } = Math;
const stringOf = String, slice = String.prototype.slice, stringify = JSON.stringify, parse = JSON.parse;
const PromiseOf = Promise, Doubles = Float64Array, NativeDate = Date;
const cut = (text, most) => apply(slice, text, [0, most]);

// No clock and no zone of the machine it happens to run on.
const part = NativeDate.prototype;
for (const name of getOwnPropertyNames(part)) {
  if (/^(get|set)UTC/.test(name)) part[name.replace('UTC', '')] = part[name];
}
part.toString = part.toLocaleString = part.toUTCString;
part.toDateString = part.toLocaleDateString = function () { return cut(this.toISOString(), 10); };
part.toTimeString = part.toLocaleTimeString = function () { return apply(slice, this.toISOString(), [11, 19]); };
part.getTimezoneOffset = () => 0;
function PlainDate(timeMs) {
  if (!new.target || arguments.length !== 1 || typeof timeMs !== 'number') {
    throw new TypeError('new Date(timeMs) takes one time in milliseconds, such as ctx.time');
  }
  return new NativeDate(timeMs);
}
PlainDate.UTC = NativeDate.UTC;
PlainDate.prototype = part;
part.constructor = PlainDate;
globalThis.Date = PlainDate;

// The same numbers in every run.
let seed = 0x9e3779b9;
Math.random = () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

// Text cannot become code.
const refuse = () => { throw new TypeError('Text cannot be run as code here'); };
const makers = [function () {}, function* () {}, async function () {}, async function* () {}];
for (const one of makers) {
  defineProperty(getPrototypeOf(one), 'constructor', { value: refuse, writable: false, configurable: false });
}
globalThis.Function = refuse;
for (const name of ['eval', 'Atomics', 'SharedArrayBuffer', 'WeakRef', 'FinalizationRegistry', 'performance', 'navigator', 'queueMicrotask', 'gc']) {
  delete globalThis[name];
}

let lines = [], logged = 0, overflowed = false;
const inLine = (value) => {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return stringify(value) ?? 'undefined';
  return stringOf(value);
};
const log = (...values) => {
  if (logged >= MOST_LINES) { overflowed = true; return; }
  let line = '';
  for (let i = 0; i < values.length && line.length < LONGEST_LINE; i++) line += (i ? ' ' : '') + cut(inLine(values[i]), LONGEST_LINE);
  lines[lines.length] = cut(line, LONGEST_LINE);
  logged++;
};
globalThis.console = freeze({ log, info: log, warn: log, error: log, debug: log });

// What the language itself is made of stays as it is.
const frozen = new Set();
const deepFreeze = (value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) return;
  frozen.add(value);
  for (const key of ownKeys(value)) {
    const { get, set, value: inner } = Object.getOwnPropertyDescriptor(value, key);
    deepFreeze(get); deepFreeze(set); deepFreeze(inner);
  }
  deepFreeze(getPrototypeOf(value));
  if (value !== globalThis) freeze(value);
};
for (const one of makers) deepFreeze(getPrototypeOf(one));
deepFreeze(getPrototypeOf([][Symbol.iterator]()));
deepFreeze(globalThis);
Object.preventExtensions(globalThis);
for (const key of ownKeys(globalThis)) {
  const own = Object.getOwnPropertyDescriptor(globalThis, key);
  if (own.configurable && 'value' in own) defineProperty(globalThis, key, { writable: false, configurable: false });
}

let failure = '';
/** What was thrown as { name, message, stack }, without running any code of it. */
const described = (error) => {
  const own = (key) => {
    if (typeof error !== 'object' || error === null) return undefined;
    for (let at = error, depth = 0; at !== null && depth < 8; at = getPrototypeOf(at), depth++) {
      const found = Object.getOwnPropertyDescriptor(at, key);
      if (found) return typeof found.value === 'string' ? found.value : undefined;
    }
  };
  const plain = typeof error === 'object' || typeof error === 'function' || typeof error === 'symbol' ? 'not an Error' : stringOf(error);
  return stringify({
    name: cut(own('name') ?? 'thrown', 100),
    message: cut(own('message') ?? plain, 1000),
    stack: cut(own('stack') ?? '', 4000),
  });
};
const attempt = (work) => {
  try {
    work();
    return 0;
  } catch (error) {
    failure = described(error);
    return 1;
  }
};
const takeFailure = () => failure;
const takeLines = () => {
  const taken = stringify({ lines, overflowed });
  lines = [];
  return taken;
};
`;

export const bootstrap = `'use strict';
(() => {
const { ${Object.keys(constants).join(', ')} } = ${JSON.stringify(constants)};
${program}
${contextProgram}
return { start, attach, step, takeFailure, takeDeclared, takeLines };
})()`;
