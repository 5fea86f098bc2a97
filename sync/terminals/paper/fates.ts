/** What a connector knows of an intent: from its journal, and from what it finds at the broker. */
import type { CommandResult, Fate, FateQuestion, FoundOrder } from '#core/broker/messages.ts';
import type { ConnectorOptions } from '../connector.ts';

export async function fateOf(
  { journal, broker }: Pick<ConnectorOptions, 'journal' | 'broker'>,
  { id, attempt, magic }: FateQuestion,
): Promise<Fate> {
  const entry = journal.of(id).find((each) => each.attempt === attempt);
  const found = await broker.find({ id, magic });
  const result = entry?.result ?? null;
  return {
    id,
    attempt,
    magic,
    journal: entry ? (result ? 'result' : 'intent') : 'never-seen',
    result,
    found,
  };
}

/** As far as an order that was found tells; of one that ended otherwise its fate says more. */
export function foundResult(found: FoundOrder | null): CommandResult {
  const known = {
    retcode: 0,
    reason: null,
    order: found?.order ?? null,
    deal: null,
    position: found?.position ?? null,
    volumeLots: found?.filledLots ?? 0,
    price: found?.averagePrice ?? null,
  };
  switch (found?.state) {
    case 'filled':
      return { outcome: 'done', ...known };
    case 'working':
      return { outcome: 'placed', ...known };
    case 'partial':
      return { outcome: 'partial', ...known };
    default:
      return { outcome: 'unknown', ...known };
  }
}
