/**
 * The stop that each open position was opened with, which its R is counted by. Asked for only while
 * somebody wants to know; of what was opened elsewhere nobody can tell.
 */
import { untrack } from 'svelte';
import type { IntentView, PositionView } from '#core/broker/views.ts';
import { call } from '#lib/account/api.ts';
import type { Book } from './book.svelte.ts';
import { byId } from './lookups.ts';

export interface FirstStops {
  /** Null where it had none, or nobody knows. */
  of(position: Pick<PositionView, 'intentId'>): number | null;
}

interface FirstStop {
  /** Of the intent that opened it. */
  readonly id: string;
  readonly sl: number | null;
}

/** As many of an account's orders are looked through as one page holds. */
export function firstStops(book: Book, isWanted: () => boolean): FirstStops {
  let known = $state.raw(byId<FirstStop>());
  const { accountId } = book;
  const unknown = $derived(
    isWanted()
      ? (book.value?.positions ?? []).filter(
          ({ intentId }) => intentId !== null && !known.has(intentId),
        ).length
      : 0,
  );
  $effect(() => {
    if (unknown === 0) return;
    void call((server) => server.orders.list.query({ accountId })).then((answer) => {
      if (!answer.ok) return;
      // What lies further back is not asked for again and again.
      const held = untrack(() => book.value?.positions ?? []).flatMap(({ intentId }) =>
        intentId === null ? [] : [{ id: intentId, sl: null }],
      );
      const told = answer.value.intents.map(({ id, body }) => ({ id, sl: stopOf(body) }));
      known = byId<FirstStop>(held, [...untrack(() => known).values()], told);
    });
  });
  return { of: ({ intentId }) => (intentId === null ? null : (known.get(intentId)?.sl ?? null)) };
}

const stopOf = (body: IntentView['body']): number | null => (body.t === 'place' ? body.sl : null);
