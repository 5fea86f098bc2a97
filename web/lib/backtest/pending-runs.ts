/**
 * Runs under way, kept so that a reload or a closed tab can offer them again.
 *
 * A row in the settings table holds the request; a web lock of the same name is held by the tab
 * that runs it. A row without its lock was interrupted.
 */
import { completeSettings } from '#core/execution/settings.ts';
import type { BacktestRequest } from '#workers/backtest/api.ts';
import { PENDING_RUN } from '#core/collections/setting.ts';
import type { Database } from '#workers/store/database.ts';
import { deleteLocal, putLocal } from '#workers/store/local-settings.ts';

export interface PendingRun {
  readonly request: BacktestRequest;
  readonly startedMs: number;
}

const keyOf = (runId: string) => `${PENDING_RUN}${runId}` as const;

export interface PendingRuns {
  /** Notes the run and holds its lock until `finish`. */
  begin(request: BacktestRequest): Promise<void>;
  finish(runId: string): Promise<void>;
  /** Runs that no tab works on any more, the oldest first. */
  interrupted(): Promise<readonly PendingRun[]>;
}

export function pendingRuns(
  database: Database,
  locks: LockManager | undefined,
  nowMs: () => number,
): PendingRuns {
  const releases = new Map<string, () => void>();

  function hold(runId: string): void {
    const held = new Promise<void>((release) => releases.set(runId, release));
    // A lock that another tab holds for the same id cannot be: ids are random.
    void locks?.request(keyOf(runId), () => held);
  }

  return {
    async begin(request) {
      hold(request.runId);
      const value: PendingRun = { request, startedMs: nowMs() };
      await putLocal(database, keyOf(request.runId), value);
    },

    async finish(runId) {
      await deleteLocal(database, keyOf(runId));
      releases.get(runId)?.();
      releases.delete(runId);
    },

    async interrupted() {
      const rows = await database.settings.where('key').startsWith(PENDING_RUN).toArray();
      const query = await locks?.query();
      const held = new Set([...(query?.held ?? []), ...(query?.pending ?? [])].map((l) => l.name));
      const left = rows
        .filter((row) => !held.has(row.key) && !releases.has(row.key.slice(PENDING_RUN.length)))
        .map((row) => whole(row.value as PendingRun));
      // Stored, but the tab went before it could say so.
      const stored = await database.runs.bulkGet(left.map((run) => run.request.runId));
      return left.filter((_, i) => !stored[i]).toSorted((a, b) => a.startedMs - b.startedMs);
    },
  };
}

/** The run with the settings that an older version did not yet know. */
function whole({ request, startedMs }: PendingRun): PendingRun {
  return { startedMs, request: { ...request, settings: completeSettings(request.settings) } };
}
