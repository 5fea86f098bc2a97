/** Servers over one folder, started and ended by a test; the next test finds none of them left. */
import { afterEach, beforeEach } from 'vitest';
import {
  launch,
  postgresProcesses,
  removeFolder,
  temporaryFolder,
  until,
  type ServerProcess,
} from './server-process.ts';
import { giveDatabase } from './ready-database.ts';
import { join } from 'node:path';

export interface StartedServers {
  /** New for each test; without a database until one is given or a server has made one. */
  readonly folder: string;
  /** For what is about something else than the first start: that takes the longest. */
  giveDatabase(): Promise<void>;
  start(settings?: Record<string, string>): ServerProcess;
}

/** To be called where a file's tests are described. */
export function startedServers(): StartedServers {
  let folder: string;
  let servers: ServerProcess[];
  beforeEach(async () => {
    folder = await temporaryFolder();
    servers = [];
  });
  afterEach(async () => {
    for (const server of servers) await server.end();
    for (const processId of await postgresProcesses(folder)) process.kill(processId, 'SIGKILL');
    await until(async () => (await postgresProcesses(folder)).length === 0);
    await removeFolder(folder);
  });
  return {
    get folder() {
      return folder;
    },
    giveDatabase: () => giveDatabase(join(folder, 'data')),
    start(settings) {
      const server = launch(folder, settings);
      servers.push(server);
      return server;
    },
  };
}
