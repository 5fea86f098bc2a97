/**
 * What a hostile or careless strategy may try, and how each attempt must end: a failure by its
 * code, or `harmless` where the run goes on and nothing came of it.
 */

export interface Attempt {
  readonly name: string;
  readonly source: string;
  readonly ends:
    | 'harmless'
    | 'code.syntax'
    | 'code.threw'
    | 'code.endless'
    | 'code.memory'
    | 'code.output-too-large';
}

const inNext = (name: string, body: string, ends: Attempt['ends']): Attempt => ({
  name,
  source: `export function next(ctx) { ${body} }`,
  ends,
});

/** The outside world, by every name it may go by. */
const outside: readonly Attempt[] = [
  ...['fetch("https://example.org")', 'new XMLHttpRequest()', 'new WebSocket("wss://example.org")'],
  ...['indexedDB.open("offing")', 'localStorage.length', 'caches.keys()', 'document.cookie'],
  ...['self.postMessage(1)', 'importScripts("x.js")', 'new Worker("x.js")', 'window.top'],
  ...[
    'require("fs")',
    'process.exit(1)',
    'module.exports',
    'Deno.cwd()',
    'std.exit(1)',
    'os.exec([])',
  ],
  ...['new WebAssembly.Memory({ initial: 1 })', 'Atomics.wait(new Int32Array(1), 0, 0)'],
  ...[
    'new SharedArrayBuffer(8)',
    'setTimeout(() => {}, 0)',
    'setInterval(next, 1)',
    'crypto.randomUUID()',
  ],
  ...['performance.now()', 'Date.now()', 'new Date()', 'new WeakRef(ctx).deref().x.y', 'gc()'],
].map((call) => inNext(`reaches for ${call}`, call, 'code.threw'));

const loading: readonly Attempt[] = [
  {
    name: 'imports a module',
    source: "import fs from 'fs'; export function next() {}",
    ends: 'code.syntax',
  },
  {
    name: 'imports when asked',
    source: "export function next() { import('fs') }",
    ends: 'code.syntax',
  },
  {
    name: 'asks where it is',
    source: 'export const next = () => import.meta.url',
    ends: 'code.syntax',
  },
  {
    name: 'exports from elsewhere',
    source: "export * from 'std'; export function next() {}",
    ends: 'code.threw',
  },
  { name: 'waits at the top', source: 'await 1; export function next() {}', ends: 'code.syntax' },
  inNext('hides an import in text', 'eval(\'import("std")\')', 'code.threw'),
];

/** Text into code, and the way to the real global object. */
const makingCode: readonly Attempt[] = [
  ...["eval('1')", "(0, eval)('1')", "new Function('return this')()", "Function('return this')()"],
  ...["ctx.constructor.constructor('return this')()", "(() => {}).constructor('return this')()"],
  ...["(async () => {}).constructor('return this')()", "(function* () {}).constructor('x')()"],
  ...["(async function* () {}).constructor('x')()", "[].at.constructor('return this')()"],
  ...["Reflect.construct(Function, ['return this'])()", "ctx.buy.constructor('return this')()"],
].map((call) => inNext(`makes code by ${call}`, call, 'code.threw'));

const prototypes: readonly Attempt[] = [
  ...['Object.prototype.polluted = 1', 'Array.prototype.push = () => 0', 'ctx.__proto__.x = 1'],
  ...['Number.prototype.valueOf = () => 9', 'JSON.stringify = () => "[]"', 'Math.random = () => 0'],
  ...['globalThis.x = 1', 'ctx.close.at = () => 1', 'ctx.inputs.fast = 1', 'ctx.buy = () => 0'],
  ...['Error.prepareStackTrace = (e, frames) => frames', 'Promise.prototype.then = () => 0'],
  ...["Object.defineProperty(Float64Array.prototype, 'length', { value: 9 })"],
  ...['Object.setPrototypeOf(ctx, { bar: 1 })', 'console.log = () => 0'],
].map((call) => inNext(`changes what it was given: ${call}`, call, 'code.threw'));

const proxies: readonly Attempt[] = [
  inNext(
    'wraps ctx in a proxy that lies',
    'const p = new Proxy(ctx, { get: () => () => 1 }); p.buy()',
    'code.threw',
  ),
  inNext(
    'orders by a proxy that changes its mind',
    `let n = 0;
    ctx.buy(new Proxy({ units: 1 }, { get: () => (n++ ? Infinity : NaN) }));`,
    'code.threw',
  ),
  inNext(
    'orders by a getter that throws',
    'ctx.buy({ get units() { throw new Error("no") } })',
    'code.threw',
  ),
  inNext(
    'orders by a getter without an end',
    'ctx.buy({ get units() { for (;;); } })',
    'code.endless',
  ),
  inNext(
    'orders by an object that plays a number',
    'ctx.buy({ units: { valueOf: () => 1 } })',
    'code.threw',
  ),
  inNext('orders with a symbol', 'ctx.buy({ [Symbol.toPrimitive]: () => 1 })', 'code.threw'),
  inNext(
    'throws what never ends when it is read',
    'throw { get message() { for (;;); }, toJSON() { for (;;); } }',
    'code.threw',
  ),
  inNext('throws an error with a huge text', "throw new Error('x'.repeat(1e7))", 'code.threw'),
  inNext('throws nothing', 'throw undefined', 'code.threw'),
  inNext(
    'logs what never ends when it is read',
    'console.log({ toJSON() { for (;;); } })',
    'code.endless',
  ),
];

const memory: readonly Attempt[] = [
  inNext('doubles a string', "let s = 'x'; for (;;) s += s", 'code.memory'),
  inNext('fills an array', 'const a = []; for (;;) a.push([1, 2, 3])', 'code.memory'),
  inNext(
    'takes typed arrays',
    'const a = []; for (;;) a.push(new Float64Array(1e6))',
    'code.memory',
  ),
  inNext(
    'fills a map',
    'const m = new Map(); for (let i = 0; ; i++) m.set(i, new Array(100).fill(i))',
    'code.memory',
  ),
  inNext('takes one huge array', 'new Float64Array(2 ** 31)', 'code.threw'),
  inNext('takes one huge string', "'ab'.repeat(2 ** 29)", 'code.threw'),
  inNext('recurses without an end', 'const f = (n) => f(n + 1) + 1; f(0)', 'code.threw'),
  inNext('nests JSON too deep', "JSON.parse('['.repeat(1e6))", 'code.threw'),
  {
    name: 'catches the end of memory and goes on',
    source:
      'const a = []; export function next() { try { for (;;) a.push(new Uint8Array(1e7)) } catch {} }',
    ends: 'harmless',
  },
];

const time: readonly Attempt[] = [
  {
    name: 'loops while it loads',
    source: 'for (;;); export function next() {}',
    ends: 'code.endless',
  },
  {
    name: 'loops in init',
    source: 'export function init() { for (;;); } export function next() {}',
    ends: 'code.endless',
  },
  inNext('loops for ever', 'while (true) {}', 'code.endless'),
  inNext(
    'catches its own end',
    'for (;;) { try { for (;;); } catch {} finally { continue } }',
    'code.endless',
  ),
  inNext('backtracks in a pattern', "/^(a+)+$/.test('a'.repeat(40) + 'b')", 'code.endless'),
  inNext(
    'searches four billion holes',
    'const a = []; a.length = 2 ** 32 - 1; a.indexOf(1); a.fill(1)',
    'code.endless',
  ),
  inNext(
    'turns round what is not there',
    'Array.prototype.reverse.call({ length: 2 ** 53 - 1 })',
    'code.endless',
  ),
  inNext(
    'joins for ever',
    'const a = []; a.length = 2 ** 32 - 1; [a, a, a, a].map((b) => b.lastIndexOf(7) + b.includes(3))',
    'code.endless',
  ),
  inNext(
    'multiplies without an end',
    'let a = 3n ** 90000n; for (;;) a = (a * a) % (7n ** 90000n)',
    'code.endless',
  ),
  inNext(
    'sorts with an order that never answers',
    '[2, 1].sort(() => { for (;;); })',
    'code.endless',
  ),
];

const promises: readonly Attempt[] = [
  {
    name: 'answers a promise',
    source: 'export async function next() { return new Promise(() => {}) }',
    ends: 'code.threw',
  },
  inNext('leaves work for later', 'Promise.resolve().then(() => { for (;;); })', 'harmless'),
  inNext('waits inside', '(async () => { await null; for (;;); })()', 'code.syntax'),
];

const orders: readonly Attempt[] = [
  ...['NaN', 'Infinity', '-1', '0', '"1"', '1n', 'null', '{}', '[1]'].map((units) =>
    inNext(`orders ${units} units`, `ctx.buy({ units: ${units}, lots: ${units} })`, 'code.threw'),
  ),
  inNext('orders more than there is', 'ctx.buy({ units: 1e300 })', 'harmless'),
  inNext('orders a part of nothing', 'ctx.buy({ units: 5e-324 })', 'harmless'),
  inNext(
    'orders a million times in a bar',
    'for (let i = 0; i < 1e6; i++) ctx.buy({ units: 1 })',
    'code.threw',
  ),
  inNext(
    'keeps the desk full',
    'if (ctx.bar < 9) for (let i = 0; i < 200; i++) ctx.buy({ units: 1, limit: 1e-9 })',
    'harmless',
  ),
  inNext(
    'changes orders of others',
    'ctx.cancel(-1); ctx.cancel(1e9); ctx.exit(7); ctx.move(3, { stop: NaN })',
    'harmless',
  ),
  inNext('moves without levels', 'ctx.move(1)', 'code.threw'),
];

const leaks: readonly Attempt[] = [
  inNext(
    'reads ahead',
    'if (!Number.isNaN(ctx.close.at(-1)) || !Number.isNaN(ctx.close.at(-1e9))) throw 1',
    'harmless',
  ),
  inNext(
    'makes series of its own to read ahead',
    `for (let id = 0; id < 99; id++) {
      const value = new ctx.close.constructor(id).at(-1);
      if (!Number.isNaN(value)) throw new Error('ahead');
    }`,
    'harmless',
  ),
  inNext(
    'looks for the buffers',
    'for (const k of Reflect.ownKeys(ctx)) if (ctx[k]?.buffer) throw k',
    'harmless',
  ),
  inNext(
    'reads the length of the run',
    'if ("length" in ctx.close || "bars" in ctx) throw 1',
    'harmless',
  ),
  inNext(
    'reads the stack for names of files',
    'if (/\\/|node|\\.ts|http/.test(new Error().stack)) throw new Error("leak")',
    'harmless',
  ),
  inNext(
    'writes huge lines',
    "for (let i = 0; i < 5; i++) console.log('x'.repeat(1e5))",
    'code.output-too-large',
  ),
  inNext('writes for ever', 'for (;;) console.log(1)', 'code.endless'),
];

export const escapeCorpus: readonly Attempt[] = [
  ...outside,
  ...loading,
  ...makingCode,
  ...prototypes,
  ...proxies,
  ...memory,
  ...time,
  ...promises,
  ...orders,
  ...leaks,
];
