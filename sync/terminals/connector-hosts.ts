/** The kinds of connectors that run inside the server: a line each. */
import type { ConnectorHost, ConnectorHostOptions } from './connector-host.ts';
import { openExchangeHost } from './exchange/exchange-host.ts';
import { openPaperHost } from './paper/paper-host.ts';
import type { TerminalRegistry } from './terminals.ts';

/** Exchanges by the names that the library knows them by. */
export const offeredExchanges: readonly string[] = ['bybit'];

type OpenHost = (options: ConnectorHostOptions) => ConnectorHost;

export type ConnectorHosts = ConnectorHost;

/** All hosts as one; each looks itself whether an account is of its kind. */
export function connectorHosts(
  { paperIsOffered, exchanges }: Pick<TerminalRegistry, 'paperIsOffered' | 'exchanges'>,
  options: ConnectorHostOptions,
): ConnectorHosts {
  const kinds: readonly (readonly [isOn: boolean, open: OpenHost])[] = [
    [paperIsOffered, openPaperHost],
    [exchanges.length > 0, openExchangeHost],
  ];
  const hosts = kinds.filter(([isOn]) => isOn).map(([, open]) => open(options));
  return {
    changed(accountId) {
      for (const host of hosts) host.changed(accountId);
    },
    looked(accountId) {
      for (const host of hosts) host.looked(accountId);
    },
    async close() {
      await Promise.all(hosts.map((host) => host.close()));
    },
  };
}
