/** How things stood when the server was last asked, kept on this device for when it is away. */
import { TODAY } from '#core/collections/setting.ts';
import { putLocal } from '#workers/store/local-settings.ts';
import { database } from '../state/database.ts';
import type { Today } from './today.ts';

/** Raised when what is kept changes its shape: older ones are forgotten then. */
const shapeVersion = 2;

interface KeptToday {
  readonly shapeVersion: typeof shapeVersion;
  readonly today: Today;
}

export async function readToday(): Promise<Today | null> {
  const value: unknown = (await database.settings.get(TODAY))?.value;
  return isKept(value) ? value.today : null;
}

export async function keepToday(today: Today): Promise<void> {
  const kept: KeptToday = { shapeVersion, today };
  await putLocal(database, TODAY, kept);
}

function isKept(value: unknown): value is KeptToday {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shapeVersion' in value &&
    value.shapeVersion === shapeVersion
  );
}
