/**
 * The server's side of the exchange with replicas, over any storage; `core/sync/protocol.ts` says
 * what is spoken.
 *
 * An identical retry is answered as it was, whatever happened since. Each change has an outcome of
 * its own, so that a bad one keeps none of the others.
 */
import { createHash } from 'node:crypto';
import { bytesOfJson, fromWire, MOST_OP_BYTES, type Fragment } from '#core/sync/fragment.ts';
import { msOfHlc } from '#core/sync/hlc.ts';
import {
  type Outcome,
  type PushAnswer,
  type PushRequest,
  type Refused,
  type RegisterAnswer,
  type Witness,
} from '#core/sync/protocol.ts';
import { mergingOf, type Merging, type RowKey } from '#core/sync/server-merge.ts';
import { rowRoom } from './row-room.ts';
import type { Head, NodeState, ServerStore, ServerTx } from './server-store.ts';

export interface ExchangeNeeds {
  nowMs(): number;
  /** Cannot be guessed, and differs each time. */
  randomToken(): string;
  /** Six characters of 0-9a-z. */
  randomNode(): string;
  readonly limits: {
    readonly quotaBytes: number;
    /** How far ahead of `nowMs` a stamp may be: `MOST_AHEAD_MS`. */
    readonly aheadMs: number;
  };
  /** `core/sync/acceptance.ts`. */
  faultOfFragment(fragment: Fragment, isEncrypted: boolean): string | null;
}

export async function register(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
): Promise<RegisterAnswer> {
  return store.transact(userId, async (tx) => {
    const { epoch, encrypted } = await tx.head();
    let node = needs.randomNode();
    while (await tx.node(node)) node = needs.randomNode();
    const nonce = needs.randomToken();
    await tx.addNode({ node, pushNo: 0, nonce, last: null });
    return { node, nonce, nowMs: needs.nowMs(), sealing: { epoch, encrypted } };
  });
}

export async function push(
  store: ServerStore,
  needs: ExchangeNeeds,
  userId: string,
  request: PushRequest,
): Promise<PushAnswer> {
  const text = JSON.stringify([request.pushNo, request.ops]);
  const hash = createHash('sha256').update(text).digest('hex');
  // Where all of them take less than one may, none is weighed by itself.
  const isSmall = Buffer.byteLength(text) <= MOST_OP_BYTES;
  return store.transact(userId, async (tx) => {
    const head = await tx.holdHead();
    const [node, isKnown] = await together([tx.node(request.node), knows(tx, request.witness)]);
    if (node?.last?.nonce === request.nonce && node.last.hash === hash) return node.last.answer;
    const refusal = refusing({ head, node, isKnown }, request, needs.nowMs());
    if (refusal) return refusal;
    if (!node || node.nonce !== request.nonce) return { kind: 'forked', nowMs: needs.nowMs() };
    return take(tx, needs, { request, hash, isSmall, head, node });
  });
}

/** Why a request of a node is not answered, or null. */
export async function refusalOf(
  tx: ServerTx,
  head: Head,
  node: NodeState | null,
  request: { readonly epoch: number; readonly witness: Witness },
  nowMs: number,
): Promise<Refused | null> {
  const isKnown = await knows(tx, request.witness);
  return refusing({ head, node, isKnown }, request, nowMs);
}

function refusing(
  known: { readonly head: Head; readonly node: NodeState | null; readonly isKnown: boolean },
  { epoch }: { readonly epoch: number },
  nowMs: number,
): Refused | null {
  if (epoch !== known.head.epoch) return { kind: 'sealed', nowMs };
  if (!known.isKnown) return { kind: 'reset', nowMs };
  return known.node ? null : { kind: 'forked', nowMs };
}

async function knows(tx: ServerTx, { seq, token }: Witness): Promise<boolean> {
  return seq === 0 ? token === '' : (await tx.tokenAt(seq)) === token;
}

/**
 * What they come to, sent to the storage at once. One that fails is told once none is under way
 * any more, so that nothing is written after its transaction was undone.
 */
async function together<const T extends readonly Promise<unknown>[]>(
  steps: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(steps);
  return Promise.all(steps);
}

interface Pushed {
  readonly request: PushRequest;
  readonly hash: string;
  readonly isSmall: boolean;
  readonly head: Head;
  readonly node: NodeState;
}

async function take(
  tx: ServerTx,
  needs: ExchangeNeeds,
  { request, hash, isSmall, head, node }: Pushed,
): Promise<PushAnswer> {
  const nowMs = needs.nowMs();
  const isSized = (wire: unknown) => isSmall || bytesOfJson(wire) <= MOST_OP_BYTES;
  const ops = request.ops.map((wire) =>
    isSized(wire) ? read(wire, head, needs, nowMs) : 'invalid',
  );
  const fragments = ops.filter((op) => typeof op !== 'string');
  const held = await tx.chunksHeld([...new Set(fragments.flatMap(({ chunks }) => chunks ?? []))]);
  const room = await rowRoom(tx, head, placesOf(fragments));
  const merging = mergingOf(await tx.fragmentsOf(room.rows), head.seq);
  const judged = ops.map((op) => {
    if (typeof op === 'string') return op;
    return room.allows(op) ? judge(op, merging, held) : 'quota';
  });
  const outcomes = merge(judged, groupsOf(request, ops), merging, {
    roomBytes: needs.limits.quotaBytes - head.bytes,
  });
  const seq = merging.seq();
  const isNew = seq > head.seq;
  const token = isNew ? needs.randomToken() : head.token;
  const nonce = needs.randomToken();
  const answer: PushAnswer = { kind: 'done', outcomes, nonce, witness: { seq, token }, nowMs };
  const last = { nonce: request.nonce, hash, answer };
  const writes = [tx.apply(merging.changes())];
  if (isNew) writes.push(tx.mintToken({ seq, token }));
  if (isNew || merging.grownBytes() !== 0) {
    writes.push(tx.saveHead({ ...head, seq, token, bytes: head.bytes + merging.grownBytes() }));
  }
  writes.push(tx.saveNode({ node: node.node, pushNo: request.pushNo, nonce, last }));
  await together(writes);
  return answer;
}

/** The fragment, or the outcome that can be told from it alone. */
function read(wire: unknown, head: Head, needs: ExchangeNeeds, nowMs: number): Fragment | Outcome {
  const fragment = fromWire(wire);
  if ('fault' in fragment) return 'invalid';
  if (needs.faultOfFragment(fragment, head.encrypted) !== null) return 'invalid';
  return msOfHlc(fragment.hlc) > nowMs + needs.limits.aheadMs ? 'future' : fragment;
}

function judge(
  fragment: Fragment,
  merging: Merging,
  held: ReadonlySet<string>,
): Fragment | Outcome {
  if (merging.isGone(fragment)) return 'gone';
  return fragment.chunks?.some((hash) => !held.has(hash)) ? 'missing' : fragment;
}

/** Places in the push of what is taken together: those of a group, or one change alone. */
function groupsOf(
  { ops: wires }: PushRequest,
  ops: readonly (Fragment | Outcome)[],
): readonly (readonly number[])[] {
  const groups = new Map<string | number, number[]>();
  ops.forEach((op, place) => {
    const fragment = typeof op === 'string' ? fromWire(wires[place]) : op;
    const group = ('groupId' in fragment && fragment.groupId) || place;
    const others = groups.get(group);
    if (others) others.push(place);
    else groups.set(group, [place]);
  });
  return [...groups.values()];
}

function merge(
  ops: readonly (Fragment | Outcome)[],
  groups: readonly (readonly number[])[],
  merging: Merging,
  { roomBytes }: { readonly roomBytes: number },
): Outcome[] {
  const outcomes: Outcome[] = ops.map(() => 'ok');
  for (const places of groups) {
    const group = places.map((place) => ops[place]!);
    const refused = group.find((op) => typeof op === 'string');
    const fragments = group.filter((op) => typeof op !== 'string');
    const isTaken = refused === undefined && merging.take(fragments, roomBytes);
    const outcome = isTaken ? 'ok' : (refused ?? 'quota');
    for (const place of places) outcomes[place] = outcome;
  }
  return outcomes;
}

function placesOf(fragments: readonly Fragment[]): RowKey[] {
  const places = new Map<string, RowKey>();
  for (const { collection, row } of fragments) {
    places.set(`${collection} ${row}`, { collection, row });
  }
  return [...places.values()];
}
