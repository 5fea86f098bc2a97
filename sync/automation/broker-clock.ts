/** The clock of the broker of a bot's terminal, with its changes through the year. */
import { serverZone } from '#core/broker/server-zone.ts';
import type { Zone } from '#core/market/zone.ts';
import type { StoredHealth } from '../terminals/account-row.ts';

/** As what the terminal last said has it; UTC where it said nothing. */
export function brokerClock(
  health: Pick<StoredHealth, 'serverOffsetMs'> | null | undefined,
  nowMs: number,
): Zone {
  return serverZone({ offsetMs: health?.serverOffsetMs ?? 0, nowMs }, 'with-seasons');
}
