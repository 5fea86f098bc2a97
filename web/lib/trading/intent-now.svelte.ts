/** Intents as they stand now: from the book, as the server tells them, else asked for once they are over. */
import { untrack } from 'svelte';
import type { IntentView } from '#core/broker/views.ts';
import { finalStates } from '#core/broker/intent.ts';
import { call } from '#lib/account/api.ts';
import type { Book } from './book.svelte.ts';
import { byId } from './lookups.ts';

export interface IntentsNow {
  readonly list: readonly IntentView[];
  /** As they were in an answer. */
  take(intents: readonly IntentView[]): void;
}

/** Call it while a component is being set up. */
export function nowOf(book: Book, ids: () => readonly string[]): IntentsNow {
  let known = $state.raw(byId<IntentView>());
  const take = (intents: readonly IntentView[]) => {
    if (intents.length === 0) return;
    known = byId([...known.values()], intents);
  };
  const open = $derived(byId(book.value?.openIntents ?? []));
  const list = $derived(
    ids()
      .map((id) => open.get(id) ?? newer(book.intents.get(id), known.get(id)))
      .filter((each) => each !== undefined),
  );
  $effect(() => {
    void book.changes;
    if (!book.value) return;
    // An answer that changes the list must not ask again by itself.
    for (const { id, state } of untrack(() => list)) {
      if (untrack(() => open).has(id) || finalStates.has(state)) continue;
      void call((server) => server.orders.one.query({ intentId: id })).then(
        (answer) => answer.ok && take([answer.value.intent]),
      );
    }
  });
  return {
    get list() {
      return list;
    },
    take,
  };
}

function newer(one: IntentView | undefined, other: IntentView | undefined): IntentView | undefined {
  if (!one || !other) return one ?? other;
  return other.updatedMs > one.updatedMs ? other : one;
}
