/** What the inbox held when the server was last asked, kept in its owner's database on this device. */
import type { InboxItem } from '#core/alerts/alert-views.ts';
import { INBOX } from '#core/collections/setting.ts';
import type { Database } from '#workers/store/database.ts';
import { deleteLocal, putLocal } from '#workers/store/local-settings.ts';
import { ownerOf } from '#workers/store/owner.ts';

/** Raised when what is kept changes its shape: older ones are forgotten then. */
const shapeVersion = 1;

export interface KeptInbox {
  readonly heardMs: number;
  readonly items: readonly InboxItem[];
}

/** Into no database but the person's own: one that signs in here for the first time has none yet. */
export async function keepInbox(
  database: Database,
  userId: string,
  { heardMs, items }: KeptInbox,
): Promise<void> {
  if ((await ownerOf(database)) !== userId) return;
  await putLocal(database, INBOX, { shapeVersion, heardMs, items });
}

export async function readInbox(database: Database): Promise<KeptInbox | null> {
  const value: unknown = (await database.settings.get(INBOX))?.value;
  return isKept(value) ? value : null;
}

/** Its owner has signed out. */
export async function forgetInbox(database: Database): Promise<void> {
  await deleteLocal(database, INBOX);
}

function isKept(value: unknown): value is KeptInbox {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shapeVersion' in value &&
    value.shapeVersion === shapeVersion
  );
}
