/** A kind of work done after the answer: what its jobs hold, and how stubbornly it is tried. */
import type { z } from 'zod';

export interface QueueSettings {
  readonly name: string;
  /** How often a job is tried in all; the last failure leaves it as failed, for a person to see. */
  readonly tries: number;
  /** The pause after the first failure; it doubles with each one, with some chance in it. */
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
  /** One try that takes longer counts as failed. */
  readonly limitSeconds: number;
  /** How many are done at a time by one server. */
  readonly atOnce: number;
  /** How long a job may lie before it is noticed, at least half a second. */
  readonly lookEverySeconds: number;
}

export interface Queue<Data extends object> extends QueueSettings {
  /** Ids and the like, never secrets: what is in a job stands readable in the database. */
  readonly shape: z.ZodType<Data>;
}

/** The queue, with the type of its data taken from its shape. */
export function queue<Data extends object>(description: Queue<Data>): Queue<Data> {
  return description;
}
