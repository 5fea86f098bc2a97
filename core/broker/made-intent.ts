/** Intents made up for tests. */
import { magicOf } from './identity.ts';
import { noExposure, type Intent, type IntentBody } from './intent.ts';

export const madeBodies: Readonly<Record<string, IntentBody>> = {
  market: { t: 'place', ...ticket('market', null) },
  limit: { t: 'place', ...ticket('limit', 1.1) },
  modify: {
    ...{ t: 'modify', target: { position: '7' }, price: null, limitPrice: null },
    ...{ sl: 1.09, tp: null, lastsUntilMs: null },
  },
  cancel: { t: 'cancel', order: '5' },
  close: {
    ...{ t: 'close', position: '7', symbol: 'EURUSD', volumeLots: 1 },
    ...{ deviationPoints: 10, worstPrice: null },
  },
  closeBy: { t: 'close-by', position: '7', opposite: '8', symbol: 'EURUSD' },
};

function ticket(kind: 'market' | 'limit', price: number | null) {
  return {
    ...({ symbol: 'EURUSD', side: 'buy', kind, volumeLots: 1, price, limitPrice: null } as const),
    ...{ sl: null, tp: null, deviationPoints: 10, worstPrice: null, lastsUntilMs: null },
  };
}

/** An intent that was just admitted, at 0 ms and good for 5 s. */
export function madeIntent(change: Partial<Intent> = {}): Intent {
  const id = '00000000-0000-4000-8000-000000000001';
  return {
    ...{ id, accountId: 'a', requestId: id, body: madeBodies['market']!, origin: 'trader' },
    ...{ state: 'created', attempt: 1, magic: magicOf(id, 1), earlierMagics: [], session: null },
    ...{ expiresMs: 5_000, createdMs: 0, sentMs: null, journaledMs: null, unknownSinceMs: null },
    ...{ cleanScans: 0, lastScanMs: null, retryAtMs: null, filledLots: 0, averagePrice: null },
    ...{ order: null, position: null, retcode: null, reason: null, reserved: noExposure },
    ...{ admitted: change.reserved ?? noExposure, after: null, otherOf: null, updatedMs: 0 },
    ...change,
  };
}
