/** How much an account may push and fetch, beside how often: changes and kilobytes, by the minute. */
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import { countCalls } from '../auth/authorise.ts';
import type { CallContext } from '../call-context.ts';
import type { Services } from '../services.ts';

export interface Traffic {
  readonly operations?: number;
  readonly bytes?: number;
}

/** Counts for all devices of the account together; `limits.too-many-calls` with the time to wait. */
export async function countTraffic(
  ctx: CallContext,
  services: Services,
  userId: string,
  { operations = 0, bytes = 0 }: Traffic,
): Promise<Result<void, Failure>> {
  const costs = { operations, transfer: Math.ceil(bytes / 1_000) };
  const names = (['operations', 'transfer'] as const).filter((name) => costs[name] > 0);
  const taken = await Promise.all(
    names.map((name) => {
      const limit = services.limits[name];
      const counted = { kind: 'account', subject: userId, limit, cost: costs[name] } as const;
      return countCalls(services, `replication.${name}`, [counted], ctx.nowMs);
    }),
  );
  return taken.find((each) => !each.ok) ?? ok(undefined);
}
