/** The sandbox worker: wiring alone. */
import * as Comlink from 'comlink';
import { openSandbox } from './sandbox.ts';

Comlink.expose(openSandbox(() => performance.now()));
