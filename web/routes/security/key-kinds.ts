/** What a stored key can be for, in words. */
import type { StoredSecret } from '#lib/account/api.ts';
import { say } from '#lib/words/language.ts';

export const kindWords: Readonly<Record<StoredSecret['kind'], string>> = {
  broker: say`Broker`,
  'market-data': say`Market data`,
  assistant: say`Assistant`,
};
