/**
 * A paper account whose price rises for three seconds and falls for three, again and again, so that
 * whatever a bot waits for comes about, and soon.
 */
import { createHash } from 'node:crypto';
import { encodeTicks } from '../../core/market/tick-chunk.ts';
import type { Ticks } from '../../core/market/ticks.ts';
import type { Installation } from '../accounts/installation.ts';
import type { Visitor } from '../accounts/visitor.ts';

const everyMs = 250;
const legTicks = 12;
const stepPoints = 4;
/** A quarter of an hour: no test takes as long. */
const count = 3_600;
const monday = Date.UTC(2026, 0, 5, 8);

/** Bids in points of a fifth decimal. */
function waves(): Ticks {
  const at = (k: number) => Math.abs((k % (2 * legTicks)) - legTicks) * stepPoints;
  return {
    length: count,
    timesMs: Float64Array.from({ length: count }, (_, k) => monday + k * everyMs),
    ...{ scale: 100_000, digits: 5, ask: null, volume: null },
    bid: Int32Array.from({ length: count }, (_, k) => 110_000 - at(k)),
  };
}

/** Answers its id. Nothing slips there, and there is no spread. */
export async function scriptedAccount(
  { sql }: Pick<Installation, 'sql'>,
  who: Visitor,
  userId: string,
): Promise<string> {
  const bytes = encodeTicks(waves());
  const hash = createHash('sha256').update(bytes).digest('hex');
  await sql`insert into chunks (user_id, hash, bytes, stored_ms)
    values (${userId}, ${hash}, ${Buffer.from(bytes)}, ${Date.now()})`;
  const { accountId } = await who.post<{ accountId: string }>('terminals.addPaper', {
    ...{ name: 'Waves', profile: 'exact', mode: 'hedging', currency: 'USD' },
    ...{ balance: 10_000, leverage: 100, symbols: ['EURUSD'] },
  });
  const series = [{ symbol: 'EURUSD', kind: 'ticks', chunks: [hash] }];
  const prices = { kind: 'replay', series };
  await who.post('terminals.setPaper', { accountId, prices, speed: 1, faults: [] });
  return accountId;
}
