/** Names by which pages and the replica of their database find each other. */

/** Channel and lock of the tabs that share a database; see `workers/replica/api.ts`. */
export function channelOf(database: string): string {
  return `offing.replica.${database}`;
}

/** Row of the replica's memory that holds its `SyncStatus`. */
export const statusKey = 'status';
