/** Starts the server from the environment and ends it in order; the wiring and nothing else. */
import { once } from 'node:events';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfiguration, unknownSettings } from './configuration.ts';
import type { Person } from './http/port-choice.ts';
import { createLog } from './ops/log.ts';
import type { Endings } from './server.ts';

const endLimitMs = 60_000;
// Upwards from here: this runs as it is written and from where it is bundled to.
const projectFolder = dirname(findPackageJSON(import.meta.url)!);

const configuration = readConfiguration(process.env, {
  projectFolder,
  workingFolder: process.cwd(),
});
if (!configuration.ok) {
  console.error(`Offing did not start. ${configuration.error.sentence}`);
  process.exit(1);
}

const log = createLog(configuration.value.logLevel);
const endings: Endings = [];
const stopping = new AbortController();
let ending: Promise<void> | null = null;

/** Ends every part, then the process; asked again while at it, nothing more happens. */
function end(exitCode: number): Promise<void> {
  stopping.abort();
  ending ??= (async () => {
    void wait(endLimitMs, undefined, { ref: false }).then(() => process.exit(exitCode || 1));
    await started.catch(() => undefined);
    for (let part = endings.pop(); part; part = endings.pop()) {
      await part().catch((error: unknown) => log.error({ err: error }, 'a part did not end well'));
    }
    process.exit(exitCode);
  })();
  return ending;
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (!ending) console.log('Stopping.');
    void end(0);
  });
}
// The command that started this one and waits for it is gone.
process.on('disconnect', () => void end(0));
for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(name, (error: unknown) => {
    log.fatal({ err: error }, 'a bug; stopping');
    void end(1);
  });
}

for (const name of unknownSettings(process.env)) {
  log.warn({ name }, 'this environment variable means nothing here');
}

const person: Person = {
  say: (line) => console.log(line),
  confirm: process.stdin.isTTY ? confirm : null,
};

// Loaded only now, which takes a second that a refused configuration need not wait for.
const started = import('./server.ts').then(({ startServer }) =>
  startServer(
    { configuration: configuration.value, projectFolder, log, person, signal: stopping.signal },
    endings,
  ),
);
started.then(announce, (error: unknown) => {
  log.fatal({ err: error }, 'the start failed');
  void end(1);
});

function announce(server: Awaited<typeof started>): void {
  if (stopping.signal.aborted) return;
  if (!server.ok) {
    console.error(`Offing did not start. ${server.error.sentence}`);
    void end(1);
    return;
  }
  const { outsideFolder, address, firstAdminLink } = server.value;
  if (outsideFolder) console.log(`The database is kept in ${outsideFolder}`);
  if (firstAdminLink) console.log(`The first admin is made here, once: ${firstAdminLink}`);
  console.log(`Offing is ready: ${address}`);
}

/** Yes unless the answer begins with n; no when the terminal is closed or Ctrl-C is pressed. */
async function confirm(question: string): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stdout });
  const closed = once(dialogue, 'close').then(() => 'no');
  const { signal } = stopping;
  const answer = await Promise.race([
    dialogue.question(`${question} [Y/n] `, { signal }).catch(() => 'no'),
    closed,
  ]);
  dialogue.close();
  return !/^\s*n/i.test(answer);
}
