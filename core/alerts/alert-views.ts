/** Alerts and the inbox as pages are handed them. */
import type { AlertCondition, AlertState, AlertTerms } from './alert.ts';

export interface AlertView extends AlertTerms {
  readonly alertId: string;
  readonly accountId: string;
  readonly state: AlertState;
  /** How often it was told. */
  readonly fired: number;
  readonly lastFiredMs: number | null;
  readonly createdMs: number;
}

/** One thing that was told. */
export interface InboxItem {
  readonly n: number;
  readonly alertId: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly condition: AlertCondition;
  readonly note: string;
  readonly value: number | null;
  readonly detail: Readonly<Record<string, string>>;
  readonly isRead: boolean;
}

export interface InboxPage {
  readonly items: readonly InboxItem[];
  readonly unread: number;
  /** For the next page; null = there is none. */
  readonly before: number | null;
}

/** A browser that is told by its push service. */
export interface PushDevice {
  readonly subscriptionId: string;
  readonly name: string;
  readonly createdMs: number;
  readonly lastSentMs: number | null;
  /** Of the session that asks. */
  readonly isHere: boolean;
}
