/** What a stored key can be for, in words. */
import type { StoredSecret } from '#lib/account/api.ts';

export const kindWords: Readonly<Record<StoredSecret['kind'], string>> = {
  broker: 'Broker',
  'market-data': 'Market data',
  assistant: 'Assistant',
};
