/** The size that the server would give a ticket for its risk, asked again as the ticket changes. */
import type { SizeView } from '#core/broker/views.ts';
import { call, type CallFailure } from '#lib/account/api.ts';
import type { DraftTicket } from '#lib/trading/ticket-draft.ts';

export interface SizeQuestion {
  readonly ticket: DraftTicket;
  readonly riskRatio: number;
}

/** Prices move a ticket several times a second; it is asked about no oftener than this. */
const pauseMs = 400;

/** Call it while a component is being set up; asks nothing while the question is null. */
export function sizeAsked(
  accountId: string,
  question: () => SizeQuestion | null,
): { readonly value: SizeView | null; readonly failure: CallFailure | null } {
  let value = $state.raw<SizeView | null>(null);
  let failure = $state.raw<CallFailure | null>(null);
  let latest: SizeQuestion | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const asked = $derived(JSON.stringify(question()));

  async function look(): Promise<void> {
    const now = latest;
    if (now) {
      const answer = await call((server) => server.orders.size.query({ accountId, ...now }));
      if (latest) {
        value = answer.ok ? answer.value : null;
        failure = answer.ok ? null : answer.error;
      }
    }
    timer = undefined;
    if (latest !== now) timer = setTimeout(() => void look(), pauseMs);
  }
  $effect(() => {
    const now = JSON.parse(asked) as SizeQuestion | null;
    latest = now?.ticket.sl ? now : null;
    if (latest) timer ??= setTimeout(() => void look(), pauseMs);
    else {
      value = null;
      failure = null;
    }
  });
  $effect(() => () => {
    latest = null;
    clearTimeout(timer);
  });
  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
  };
}
