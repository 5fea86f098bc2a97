/** The thread of bots in code in Node: wiring alone. */
import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { checkCode, codeTrips, stepCode } from './bot-code.ts';
import type { Alive, BotCodeWorker } from './bot-thread-api.ts';
import { threadEndpoint } from './thread-endpoint.ts';

/** Of a bot's machine; a call that takes longer is an endless loop. */
const limits = { memoryBytes: 64 * 2 ** 20, callMs: 1_000 };
const portsOf = (onAlive: Alive) => ({ limits, nowMs: () => performance.now(), onAlive });

const worker: BotCodeWorker = {
  check: (text, alive) => checkCode(text, portsOf(alive)),
  step: (asked, alive) => stepCode(asked, portsOf(alive)),
  trips: (asked, alive) => codeTrips(asked, portsOf(alive)),
};

Comlink.expose(worker, threadEndpoint(parentPort!));
