/**
 * Sends what a trader asks, and goes on with what was asked and never answered, also by a page
 * that is gone. One for each who is signed in.
 */
import type { TradeRequest } from '#core/broker/request.ts';
import type { RequestView } from '#core/broker/views.ts';
import { fail, ok } from '#core/result.ts';
import { call, type Answer, type Procedure } from '../account/api.ts';
import { ask } from '../account/ask.ts';
import { notify } from '../state/notices.ts';
import { work } from '../state/work.svelte.ts';
import { deliver, resume, type Delivery, type DeliveryParts } from './delivery.ts';
import { lateAnswer } from './late-answer.ts';
import { requestShelf, type PendingRequest, type TradeCall } from './pending-requests.ts';
import { say } from '../words/language.ts';

type Unnamed<T> = T extends { readonly id: string } ? Omit<T, 'id'> : never;
/** A request before it has its id. */
export type Wish = Unnamed<TradeRequest>;

export class Sender {
  /** Those whose answer was lost and is being asked for. */
  unanswered = $state.raw<readonly PendingRequest[]>([]);
  readonly userId: string;
  private readonly parts: DeliveryParts;
  private pauses: readonly (() => void)[] = [];

  constructor(userId: string) {
    this.userId = userId;
    this.parts = {
      shelf: requestShelf(localStorage, userId),
      // Only the first time who one is may have to be proved again.
      send: (pending) => ask(procedureOf(pending)),
      repeat: (pending) => call(procedureOf(pending)),
      settle: ({ request: { id: requestId, accountId } }) =>
        call(async (server) => {
          const { taken } = await server.orders.settle.mutate({ accountId, requestId });
          return taken;
        }),
      nowMs: Date.now,
      pause: (ms) => this.pause(ms),
      onUnanswered: (pending) => this.note(pending),
    };
  }

  /** Goes on with what was left, until the returned function is called. */
  follow(): () => void {
    const online = () => this.pauses.forEach((end) => end());
    addEventListener('online', online);
    for (const pending of this.parts.shelf.list()) void this.goOn(pending);
    return () => removeEventListener('online', online);
  }

  /** Answers once it is known what the server made of it. */
  async send(what: TradeCall, title: string, wish: Wish): Promise<Answer<RequestView>> {
    const request = { ...wish, id: crypto.randomUUID() } as TradeRequest;
    const pending = { call: what, request, title, keptMs: Date.now() };
    // Before anything else: whatever happens to this page now, the request is not forgotten.
    if (!this.parts.shelf.keep(pending)) return answerOf({ state: 'unkept' });
    work.begin(request.id, title, '/orders/');
    const delivery = await alone(request.id, () => deliver(this.parts, pending));
    work.end(request.id);
    const wasLost = this.unanswered.some((each) => each.request.id === request.id);
    this.forget(pending);
    // By now the form that asked may be gone; what was done is told by the account itself.
    if (wasLost && delivery && delivery.state !== 'taken') tell(pending, delivery);
    // Nobody else can hold the lock of an id that was just made.
    return answerOf(delivery ?? { state: 'unkept' });
  }

  private async goOn(pending: PendingRequest): Promise<void> {
    const delivery = await alone(pending.request.id, () => {
      this.note(pending);
      return resume(this.parts, pending);
    });
    this.forget(pending);
    if (delivery) tell(pending, delivery);
  }

  private note(pending: PendingRequest): void {
    // It is kept: the page may be loaded anew meanwhile.
    work.end(pending.request.id);
    if (this.unanswered.some(({ request }) => request.id === pending.request.id)) return;
    this.unanswered = [...this.unanswered, pending];
  }
  private forget({ request: { id } }: PendingRequest): void {
    this.unanswered = this.unanswered.filter(({ request }) => request.id !== id);
  }
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.pauses = this.pauses.filter((each) => each !== end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.pauses = [...this.pauses, end];
    });
  }
}

/** Null where another tab sees to it already; without locks two may, which does no harm. */
async function alone<T>(requestId: string, act: () => Promise<T>): Promise<T | null> {
  if (!('locks' in navigator)) return act();
  const name = `offing.request.${requestId}`;
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? act() : null));
}

function tell({ title }: PendingRequest, delivery: Delivery): void {
  const notice = lateAnswer(title, delivery);
  if (notice) void notify(notice);
}

function procedureOf({ call: what, request }: PendingRequest): Procedure<RequestView> {
  // Which procedure it goes to was chosen with its kind, and the server reads it anew.
  return (server) => server.orders[what].mutate({ request } as never);
}

function answerOf(delivery: Delivery): Answer<RequestView> {
  switch (delivery.state) {
    case 'taken':
      return ok(delivery.view);
    case 'refused':
      return fail(delivery.failure);
    case 'lapsed':
      return fail({ code: 'trade.not-arrived', detail: '' });
    case 'unkept':
      return fail({
        code: 'store.full',
        detail: say`The request could not be kept; nothing was sent.`,
      });
  }
}
