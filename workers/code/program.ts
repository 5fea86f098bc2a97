/** A strategy's text loaded into a machine of its own, with `init` run: the functions of `ctx`'s host. */
import { indicators } from '#core/indicators/registry.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { CodeFailure } from './api.ts';
import { bootstrap } from './bootstrap.ts';
import type { Declaration } from './columns.ts';
import { callFailure, noMemory, thrownFailure } from './failures.ts';
import { sharedDoubles } from './layout.ts';
import { Machine, type Answer, type Thrown, type Value } from './machine.ts';
import type { Watch } from './watch.ts';

export interface ProgramOptions {
  readonly source: string;
  readonly javascript: string;
  readonly values: Readonly<Record<string, number>>;
  readonly memoryBytes: number;
  readonly watch: Watch;
  /** Called when the machine stands, before any of the text runs. */
  readonly onOpen: () => void;
}

export interface Program {
  /** The columns that `init` asked for. */
  readonly declared: readonly Declaration[];
  /** Makes the memory of the columns' last bars; false = there is none. */
  attach(doubles: number): boolean;
  shared(): Float64Array;
  rings(): Float64Array;
  /** Asks `next` for the bar that is shown: 0, or 1 where it threw. */
  step(): number | { readonly thrown: Thrown };
  whatThrew(): CodeFailure;
  takeLines(): { readonly lines: readonly string[]; readonly overflowed: boolean };
}

/** What `ctx.indicator` has to know of each name. */
const shapes = JSON.stringify(
  Object.fromEntries(
    indicators.map(({ name, outputs, repaints = false }) => [name, { outputs, repaints }]),
  ),
);

/** Errors: `code.syntax`, `code.threw`, `code.endless`, `code.memory`. */
export async function openProgram(options: ProgramOptions): Promise<Result<Program, CodeFailure>> {
  const { source, javascript, values, memoryBytes, watch } = options;
  const machine = await Machine.open({ memoryBytes, interrupt: watch.interrupt });
  options.onOpen();
  const booted = need(machine.script(bootstrap));
  const part = (name: string) => machine.member(booted, name);
  const textOf = (name: string) => {
    const answer = machine.call(part(name));
    return 'thrown' in answer ? null : machine.text(answer.value);
  };
  const whatThrew = () => thrownFailure(textOf('takeFailure'), source);
  const step = part('step');

  watch.begin();
  const exported = machine.module(javascript, 'strategy');
  if ('thrown' in exported) return fail(callFailure(exported.thrown, source, watch));
  const shared = machine.share(sharedDoubles);
  if (!shared) return fail(noMemory);
  const [given, known] = [JSON.stringify(values), shapes].map((text) => machine.string(text));
  const started = machine.call(part('start'), exported.value, given!, known!, shared.value);
  if ('thrown' in started) return fail(callFailure(started.thrown, source, watch));
  if (machine.numberOf(started.value) !== 0) return fail(whatThrew());
  const declared = textOf('takeDeclared');
  if (declared === null) return fail(noMemory);

  let rings: NonNullable<ReturnType<Machine['share']>>;
  return ok({
    declared: JSON.parse(declared) as readonly Declaration[],
    attach(doubles) {
      const made = machine.share(doubles);
      if (!made) return false;
      rings = made;
      need(machine.call(part('attach'), made.value));
      return true;
    },
    shared: shared.view,
    rings: () => rings.view(),
    step: () => machine.quick(step),
    whatThrew,
    takeLines() {
      const text = textOf('takeLines');
      if (text === null) return { lines: [], overflowed: false };
      return JSON.parse(text) as ReturnType<Program['takeLines']>;
    },
  });
}

function need(answer: Answer): Value {
  if ('thrown' in answer) throw new Error(`The machine does not start: ${answer.thrown.text}`);
  return answer.value;
}
