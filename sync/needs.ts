/** What a procedure asks of its caller before it does anything; every procedure declares it. */
import type { LimitClass } from '#core/identity/limit-classes.ts';
import type { TokenScope } from '#core/identity/token-scopes.ts';

export interface Needs {
  /**
   * `anyone`; an `account`, signed in; `staff`, support or admin; an `admin`. Staff and admins
   * must have proved a second factor.
   */
  readonly access: 'anyone' | 'account' | 'staff' | 'admin';
  readonly limit: LimitClass;
  /** The address of the account was confirmed. */
  readonly verified?: true;
  /** The person proved who they are within the last ten minutes. */
  readonly stepUp?: true;
  /** The session was never left alone for `idleTradingMs` since the person last proved who they are. */
  readonly awake?: true;
  /** The caller sits at this machine. */
  readonly local?: true;
  /** What an API token needs; without it, programs are refused. */
  readonly scope?: TokenScope;
}

export const stepUpMs = 600_000;

/** A session that lay idle so long must be proved anew before it trades. */
export const idleTradingMs = 43_200_000;
