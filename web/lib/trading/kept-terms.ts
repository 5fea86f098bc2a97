/** What a device keeps of how its trader sends on one account, for that person and account alone. */
import { oneClickOff, readOneClick, type OneClick } from './ticket/one-click.ts';

export interface Terms {
  /** Whether each order is shown once more before it goes. */
  readonly asksFirst: boolean;
  readonly oneClick: OneClick;
}

export interface TermsShelf {
  read(): Terms;
  keep(terms: Terms): void;
}

export function termsShelf(storage: Storage, userId: string, accountId: string): TermsShelf {
  const key = `offing.sending.${userId}.${accountId}`;
  return {
    read() {
      const kept = readKept(storage, key);
      return {
        asksFirst: kept['asksFirst'] !== false,
        oneClick: 'oneClick' in kept ? readOneClick(kept['oneClick']) : oneClickOff,
      };
    },
    keep: (terms) => putKept(storage, key, terms),
  };
}

/** An object that was kept under a key; empty where there is none, or it is damaged. */
export function readKept(storage: Storage, key: string): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}

/** A private window may refuse: then it holds until the page is left. */
export function putKept(storage: Storage, key: string, value: object): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}
