/** What runs connectors of one kind inside the server, as clients of its own socket. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Log } from '../ops/log.ts';
import type { Vault } from '../vault/vault.ts';

export interface ConnectorHostOptions {
  readonly database: PostgresJsDatabase;
  readonly vault: Vault;
  /** Of this process; what another holds is left alone while its lease lasts. */
  readonly serverId: string;
  /** Where terminals connect, on this machine: `ws://127.0.0.1:5170/terminals`. */
  readonly address: string;
  /** To be sent with the handshake, which is not answered under any other name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that a device of the account has put on the server. */
  readChunk(userId: string, hash: string): Promise<Uint8Array | null>;
  now(): number;
  readonly log: Log;
}

export interface ConnectorHost {
  /** The account was made, its settings changed, or it was revoked: its row is looked at again. */
  changed(accountId: string): void;
  /** Somebody looks at the account or trades on it. */
  looked(accountId: string): void;
  close(): Promise<void>;
}
