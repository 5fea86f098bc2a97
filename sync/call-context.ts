/** What a procedure knows of the call: who asks, from where, and how to answer beside the body. */
import type { SignedIn, Visitor } from './auth/sessions.ts';
import type { TokenScope } from '#core/identity/token-scopes.ts';
import type { Database } from './database/database.ts';
import type { Build } from './ops/build.ts';
import type { Observer } from './ops/observer.ts';
import type { Services } from './services.ts';

/** A program with an API token. */
export interface Program {
  readonly userId: string;
  readonly tokenId: string;
  readonly scopes: readonly TokenScope[];
}

export interface CallContext {
  readonly build: Build;
  /** Null while the server is still starting. */
  readonly database: Database | null;
  readonly services: Services | null;
  readonly observer: Observer;
  readonly nowMs: number;
  readonly requestId: string;
  readonly visitor: Visitor;
  /** The name in the address that the page was opened under. */
  readonly hostname: string;
  /** Whether the caller sits at this machine and no proxy stands between. */
  readonly isLocal: boolean;
  /** What the call came with; a bearer token puts the cookie out of force. */
  readonly credentials: {
    readonly session: string | null;
    readonly device: string | null;
    readonly bearer: string | null;
  };
  setCookie(which: 'session' | 'device', value: string | null): void;
  /** Told to the client as `Retry-After` too. */
  retryAfter(ms: number): void;
}

/** The server is up, whoever asks. */
export interface ReadyContext extends CallContext {
  readonly services: Services;
}

/** A person is signed in. */
export interface PersonContext extends ReadyContext {
  readonly signedIn: SignedIn;
}
