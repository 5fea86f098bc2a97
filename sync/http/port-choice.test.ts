import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenAsWished, type Person } from './port-choice.ts';

const host = '127.0.0.1';

describe('a port that is taken', () => {
  let other: Server;
  let server: Server;
  let port: number;
  let said: string[];

  beforeEach(async () => {
    other = createServer();
    await new Promise<void>((resolve) => other.listen(0, host, resolve));
    port = (other.address() as AddressInfo).port;
    server = createServer();
    said = [];
  });
  afterEach(() => {
    other.close();
    server.close();
  });

  const nobody = (): Person => ({ say: (line) => said.push(line), confirm: null });
  const somebody = (yes: boolean): Person => ({
    say: (line) => said.push(line),
    confirm: async (question) => {
      said.push(question);
      return yes;
    },
  });

  it('is exchanged for the next free one when nobody chose it, and says so', async () => {
    const chosen = await listenAsWished(server, { host, port, given: false }, nobody());
    expect(chosen.ok && chosen.value).toBeGreaterThan(port);
    expect(said.join()).toContain(`Port ${port} on ${host} is taken`);
    expect(said.join()).toContain('keeps data by address');
  });

  it('is not exchanged when somebody chose it: the command for another is printed', async () => {
    const chosen = await listenAsWished(server, { host, port, given: true }, nobody());
    expect(chosen.ok ? '' : chosen.error.sentence).toMatch(/PORT=\d+/);
  });

  it('is exchanged on a yes', async () => {
    const chosen = await listenAsWished(server, { host, port, given: true }, somebody(true));
    expect(chosen.ok && chosen.value).toBe((server.address() as AddressInfo).port);
    expect(said.join()).toMatch(/Use port \d+ instead\?/);
  });

  it('is not exchanged on a no', async () => {
    const chosen = await listenAsWished(server, { host, port, given: false }, somebody(false));
    expect(chosen).toMatchObject({ ok: false });
  });

  it('is told from an address this machine does not have', async () => {
    const absent = { host: '203.0.113.1', port: 5170, given: true };
    const chosen = await listenAsWished(server, absent, nobody());
    expect(chosen.ok ? '' : chosen.error.sentence).toContain('no such address');
  });
});
