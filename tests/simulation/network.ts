/**
 * The way between devices and the server: requests and answers that are lost, come late, come
 * twice, or overtake one another.
 */
import type { Failure } from '#core/errors.ts';
import { fail, ok } from '#core/result.ts';
import type { PushAnswer, PushRequest } from '#core/sync/protocol.ts';
import type { Answered, ReplicaServer } from '#workers/replica/transport.ts';
import { bucket, digest } from '#sync/replication/comparison.ts';
import { push, register, type ExchangeNeeds } from '#sync/replication/exchange.ts';
import { bootstrap, pull } from '#sync/replication/pages.ts';
import type { ServerStore } from '#sync/replication/server-store.ts';
import type { Chance } from './chance.ts';
import { Crash, type Schedule } from './schedule.ts';

export interface Network {
  /** How often something is lost or doubled, 0 … 1. */
  lossRatio: number;
  readonly cutOff: Set<string>;
}

export interface Wires {
  readonly schedule: Schedule;
  readonly chance: Chance;
  readonly network: Network;
  readonly needs: ExchangeNeeds;
  /** The storage for one request; a safeguard is taken away by giving another one. */
  storeFor(request: object): ServerStore;
  /** Before anything else happens on the server. */
  onPushed(request: PushRequest, answer: PushAnswer): void;
}

const userId = 'trader';
const unavailable: Failure = { code: 'server.unavailable', detail: '' };

type Serve<Request, Answer> = (
  store: ServerStore,
  needs: ExchangeNeeds,
  user: string,
  request: Request,
) => Promise<Answer>;

export function serverAsSeenBy(device: string, wires: Wires): ReplicaServer {
  const { schedule, chance, network, needs, storeFor, onPushed } = wires;
  async function serve<T>(act: () => Promise<T>): Answered<T> {
    try {
      return ok(await schedule.whole(act));
    } catch (error) {
      // The server fell over in the middle: nothing was committed.
      if (error instanceof Crash) return fail(unavailable);
      throw error;
    }
  }
  async function ask<Request extends object, Answer>(
    handle: Serve<Request, Answer>,
    request: Request,
  ): Answered<Answer> {
    // What travels is text.
    const body = JSON.stringify(request);
    const act = () => {
      const read = JSON.parse(body) as Request;
      return serve(() => handle(storeFor(read), needs, userId, read));
    };
    await schedule.turn(device);
    if (network.cutOff.has(device) || chance.often(network.lossRatio)) return fail(unavailable);
    // The same request once more, some time; nobody hears the answer.
    if (chance.often(network.lossRatio)) {
      schedule.startLater('network', async () => void (await act()));
    }
    const answer = await act();
    await schedule.turn(device);
    if (network.cutOff.has(device) || chance.often(network.lossRatio)) return fail(unavailable);
    return JSON.parse(JSON.stringify(answer)) as typeof answer;
  }
  const pushed: typeof push = async (store, needed, user, request) => {
    const answer = await push(store, needed, user, request);
    onPushed(request, answer);
    return answer;
  };
  return {
    register: () => ask((store, needed, user) => register(store, needed, user), {}),
    sealing: async () => ok({ epoch: 1, encrypted: false }),
    push: (request) => ask(pushed, request),
    pull: (request) => ask(pull, request),
    bootstrap: (request) => ask(bootstrap, request),
    digest: (request) => ask(digest, request),
    async bucket(request) {
      const answer = await ask(bucket, request);
      return answer.ok ? answer.value : answer;
    },
    ticket: async () => fail(unavailable),
  };
}
