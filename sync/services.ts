/** What procedures work with once the database is open; made once and handed to each call. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { CallLimits } from '#core/identity/limit-classes.ts';
import type { Pushes } from './alerts/pushes.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import type { FindSettings } from './auth/account-settings.ts';
import type { Passwords } from './auth/passwords.ts';
import type { FindSession } from './auth/session-adapter.ts';
import type { CodeThreads } from './automation/code-threads.ts';
import type { Limiter } from './limits/limiter.ts';
import type { Mailer } from './mail/mailer.ts';
import type { Market } from './market/market.ts';
import type { Metrics } from './ops/metrics.ts';
import type { TicketMaker } from './rooms/open-rooms.ts';
import type { SecretStore } from './secrets/secret-store.ts';
import type { Terminals } from './terminals/terminals.ts';
import type { Vault } from './vault/vault.ts';

export interface Site {
  /** Where people reach the pages, without a slash at the end. */
  readonly address: string;
  /** All origins that are ours. */
  readonly origins: readonly string[];
  /** Whether cookies travel encrypted; false on loopback alone. */
  readonly secure: boolean;
  /** The name passkeys are bound to, null where there is only an IP address. */
  readonly passkeyHost: string | null;
  /** Mail goes to the outbox page instead of out. */
  readonly mailByConsole: boolean;
}

export interface Services {
  /** For everything but sign-in and limits. */
  readonly database: PostgresJsDatabase;
  /** For sign-in and limits, so that a rush of other work does not lock people out. */
  readonly authDatabase: PostgresJsDatabase;
  readonly findSession: FindSession;
  readonly findSettings: FindSettings;
  readonly passwords: Passwords;
  readonly vault: Vault;
  readonly audit: AuditTrail;
  readonly secrets: SecretStore;
  readonly limiter: Limiter;
  readonly limits: CallLimits;
  /** What an account may keep of what its devices share. */
  readonly quotaBytes: number;
  readonly mailer: Mailer;
  readonly pushes: Pushes;
  readonly metrics: Metrics;
  readonly terminals: Terminals;
  /** Where strategies in code run. */
  readonly codeThreads: CodeThreads;
  readonly market: Market;
  readonly liveTicket: TicketMaker;
  /** Keys digests; never leaves the server. */
  readonly secret: string;
  readonly site: Site;
}
