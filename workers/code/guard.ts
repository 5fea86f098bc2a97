/**
 * The watcher outside: starts a worker for one run of a code strategy, and ends it when it is
 * silent for too long, takes too long, breaks or is no longer wanted. A built-in that does not
 * return cannot be stopped in any other way.
 */
import * as Comlink from 'comlink';
import type { Failure } from '#core/errors.ts';
import { fail, type Result } from '#core/result.ts';
import type { CodeFailure, CodeRequest, CodeRun, CodeWorker } from './api.ts';

export interface Sandbox {
  readonly endpoint: Comlink.Endpoint;
  /** Called at most once, when the worker dies by itself. */
  readonly onDeath: (listener: (reason: string) => void) => void;
  readonly terminate: () => void;
}

export interface GuardPorts {
  readonly openSandbox: () => Sandbox;
  readonly every: (ms: number, action: () => void) => () => void;
}

export interface GuardedRun {
  readonly result: Promise<Result<CodeRun, CodeFailure>>;
  /** Ends the run with `work.cancelled`; nothing of it goes on. */
  cancel(): void;
}

const LOOKS_PER_SILENCE = 10;
/** For the worker and its machine to load, before the first sign of life. */
const START_MS = 60_000;

/**
 * The run, with every way in which it can end as a value.
 *
 * Errors: those of `run-code.ts`, `code.endless` from outside, `code.memory` for a worker that
 * died of it, `work.crashed`, `work.cancelled`.
 */
export function guardedRun(
  request: CodeRequest,
  onProgress: (ratio: number) => void,
  ports: GuardPorts,
): GuardedRun {
  const { silentMs, runMs } = request.limits;
  const sandbox = ports.openSandbox();
  const lookMs = silentMs / LOOKS_PER_SILENCE;
  // Looks are counted, not a clock read: a device that slept has not been silent.
  let looks = 0;
  let silentLooks: number | null = null;
  let settle: (result: Result<CodeRun, CodeFailure>) => void = () => undefined;
  const ended = new Promise<Result<CodeRun, CodeFailure>>((resolve) => {
    settle = resolve;
  });
  const stopLooking = ports.every(lookMs, () => {
    looks++;
    if (silentLooks === null) {
      if (looks * lookMs > START_MS) settle(fail(death('the sandbox did not start')));
    } else if (++silentLooks > LOOKS_PER_SILENCE) settle(fail(silent(silentMs)));
    else if (looks * lookMs > runMs) settle(fail(tooSlow(runMs)));
  });
  sandbox.onDeath((reason) => settle(fail(death(reason))));
  const remote = Comlink.wrap<CodeWorker>(sandbox.endpoint);
  const heard = (ratio: number) => {
    silentLooks = 0;
    onProgress(ratio);
  };
  const answered = (
    remote.run(request, Comlink.proxy(heard)) as Promise<Result<CodeRun, CodeFailure>>
  ).catch((error: unknown) => fail<CodeFailure>(crash(error)));
  const result = Promise.race([answered, ended]).finally(() => {
    stopLooking();
    sandbox.terminate();
  });
  return { result, cancel: () => settle(fail(cancelled)) };
}

function silent(ms: number): Failure {
  const detail = `The strategy gave no answer for ${ms / 1000} s.`;
  return { code: 'code.endless', detail, figures: { seconds: ms / 1000 } };
}

function tooSlow(ms: number): Failure {
  const detail = `The run was not done after ${ms / 60_000} minutes.`;
  return { code: 'code.endless', detail, figures: { seconds: ms / 1000 } };
}

function death(reason: string): Failure {
  const code = /memory/i.test(reason) ? 'code.memory' : 'work.crashed';
  return { code, detail: reason };
}

function crash(error: unknown): Failure {
  return death(error instanceof Error ? error.message : String(error));
}

const cancelled: Failure = { code: 'work.cancelled', detail: 'The run was cancelled.' };
