/** The sandbox's thread in Node: wiring alone. */
import { parentPort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { openSandbox } from './sandbox.ts';
import { threadEndpoint } from './thread-endpoint.ts';

Comlink.expose(
  openSandbox(() => performance.now()),
  threadEndpoint(parentPort!),
);
