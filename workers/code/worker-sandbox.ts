/** A sandbox in a Web Worker of its own, beside the worker that guards it. */
import type { GuardPorts } from './guard.ts';

/** The same script that this worker runs, under the name of the sandbox's room. */
export const workerGuard: GuardPorts = {
  openSandbox() {
    const worker = new Worker(self.location.href, { type: 'module', name: 'code' });
    return {
      endpoint: worker,
      onDeath: (listener) =>
        worker.addEventListener('error', (event) => {
          listener(event.message || 'the sandbox did not start');
        }),
      terminate: () => worker.terminate(),
    };
  },
  every(ms, action) {
    const timer = setInterval(action, ms);
    return () => clearInterval(timer);
  },
};
