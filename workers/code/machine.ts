/**
 * A JavaScript machine in WebAssembly (QuickJS) with memory of its own that cannot outgrow its
 * maximum. Nothing of the host is handed in: what runs inside can compute, and no more. Numbers
 * pass through memory both sides see, words as strings.
 *
 * A machine serves one run and is thrown away with its memory, so nothing in it is ever freed but
 * what each call leaves behind.
 */
import loadModule from '@jitl/quickjs-wasmfile-release-sync/emscripten-module';
import { QuickJSFFI } from '@jitl/quickjs-wasmfile-release-sync/ffi';

type Module = Awaited<ReturnType<typeof loadModule>>;
type Context = ReturnType<QuickJSFFI['QTS_NewContext']>;
/** A value of the machine, as it holds it. */
export type Value = ReturnType<QuickJSFFI['QTS_NewObject']>;

export interface MachineOptions {
  readonly memoryBytes: number;
  /** Asked now and then while code runs; true ends it, and the code cannot catch that. */
  readonly interrupt: () => boolean;
}

/** What ended a call: JSON of what was thrown, or that the machine itself broke. */
export type Thrown =
  | { readonly kind: 'thrown'; readonly text: string }
  | { readonly kind: 'broken'; readonly text: string };

export type Answer = { readonly value: Value } | { readonly thrown: Thrown };

const PAGE_BYTES = 65_536;
/** Small enough that a recursion ends in the machine, not in the stack of the host under it. */
const STACK_BYTES = 98_304;
const GLOBAL_STRICT = 8;
const MODULE = 1;

export class Machine {
  readonly #module: Module;
  readonly #ffi: QuickJSFFI;
  readonly #context: Context;
  #broken = false;

  private constructor(module: Module, interrupt: () => boolean) {
    this.#module = module;
    this.#ffi = new QuickJSFFI(module);
    const refuse = () => {
      throw new Error('the machine has no host functions');
    };
    module.callbacks = {
      callFunction: refuse,
      loadModuleSource: refuse,
      normalizeModule: refuse,
      freeHostRef: () => undefined,
      shouldInterrupt: () => (interrupt() ? 1 : 0),
    };
    const runtime = this.#ffi.QTS_NewRuntime();
    this.#ffi.QTS_RuntimeSetMaxStackSize(runtime, STACK_BYTES);
    this.#ffi.QTS_RuntimeEnableInterruptHandler(runtime);
    this.#context = this.#ffi.QTS_NewContext(runtime, 0 as never);
  }

  /** Throws where WebAssembly, or memory for it, is not to be had. */
  static async open({ memoryBytes, interrupt }: MachineOptions): Promise<Machine> {
    const maximum = Math.ceil(memoryBytes / PAGE_BYTES);
    const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum });
    const quiet = () => undefined;
    const module = await loadModule({ wasmMemory, print: quiet, printErr: quiet } as never);
    return new Machine(module, interrupt);
  }

  /** The value of a script's last expression. */
  script(text: string): Answer {
    return this.#evaluate(text, 'machine.js', GLOBAL_STRICT);
  }

  /** What a module exports. */
  module(text: string, fileName: string): Answer {
    return this.#evaluate(text, fileName, MODULE);
  }

  /** Calls a function; its arguments stay where they are. */
  call(callee: Value, ...values: readonly Value[]): Answer {
    return this.#guarded(() => {
      const list = this.#module._malloc(Math.max(values.length, 1) * 4);
      new Uint32Array(this.#module.HEAPU8.buffer, list, values.length).set(values);
      const nothing = this.#ffi.QTS_GetUndefined();
      return this.#ffi.QTS_Call(this.#context, callee, nothing, values.length, list as never);
    });
  }

  /** Calls a function that answers a number and takes nothing: the way taken for every bar. */
  quick(callee: Value): number | { readonly thrown: Thrown } {
    const answer = this.#guarded(() =>
      this.#ffi.QTS_Call(this.#context, callee, this.#ffi.QTS_GetUndefined(), 0, 0 as never),
    );
    if ('thrown' in answer) return answer;
    const number = this.#ffi.QTS_GetFloat64(this.#context, answer.value);
    this.#ffi.QTS_FreeValuePointer(this.#context, answer.value);
    return number;
  }

  member(object: Value, name: string): Value {
    return this.#ffi.QTS_GetProp(this.#context, object, this.string(name));
  }

  string(text: string): Value {
    return this.#withText(text, (at) => this.#ffi.QTS_NewString(this.#context, at));
  }

  numberOf(value: Value): number {
    return this.#ffi.QTS_GetFloat64(this.#context, value);
  }

  /** The text of a string of the machine. */
  text(value: Value): string {
    const at = this.#ffi.QTS_GetString(this.#context, value);
    const text = this.#module.UTF8ToString(at);
    this.#ffi.QTS_FreeCString(this.#context, at);
    return text;
  }

  /** An `ArrayBuffer` of so many doubles, all 0, that host and machine both see; null = no memory. */
  share(doubles: number): { readonly value: Value; readonly view: () => Float64Array } | null {
    const at = this.#module._malloc(doubles * 8 + 8);
    if (at === 0) return null;
    const from = Math.ceil(at / 8) * 8;
    let seen = new Float64Array(this.#module.HEAPU8.buffer, from, doubles).fill(0);
    const value = this.#ffi.QTS_NewArrayBuffer(this.#context, from as never, doubles * 8);
    // Memory that grows moves to a new buffer.
    const view = () =>
      seen.buffer === this.#module.HEAPU8.buffer
        ? seen
        : (seen = new Float64Array(this.#module.HEAPU8.buffer, from, doubles));
    return { value, view };
  }

  #evaluate(text: string, fileName: string, flags: number): Answer {
    const bytes = this.#module.lengthBytesUTF8(text);
    return this.#guarded(() =>
      this.#withText(text, (at) =>
        this.#ffi.QTS_Eval(this.#context, at, bytes, fileName, 0 as never, flags as never),
      ),
    );
  }

  #guarded(work: () => Value): Answer {
    if (this.#broken) return broken('it had broken before');
    try {
      const value = work();
      const thrown = this.#ffi.QTS_ResolveException(this.#context, value);
      if (!thrown) return { value };
      const dumped = this.#ffi.QTS_Dump(this.#context, thrown);
      return { thrown: { kind: 'thrown', text: this.#module.UTF8ToString(dumped) } };
    } catch (error) {
      // A trap leaves memory in no known state: nothing more is run in it.
      this.#broken = true;
      return broken(error instanceof Error ? error.message : String(error));
    }
  }

  #withText<T>(text: string, use: (at: never) => T): T {
    const bytes = this.#module.lengthBytesUTF8(text) + 1;
    const at = this.#module._malloc(bytes);
    if (at === 0) throw new Error('out of memory');
    this.#module.stringToUTF8(text, at as never, bytes);
    const value = use(at as never);
    this.#module._free(at as never);
    return value;
  }
}

function broken(text: string): Answer {
  return { thrown: { kind: 'broken', text } };
}
