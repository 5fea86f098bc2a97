/** A device that says to the server what a test wants it to say, and keeps what it must know. */
import type { Cells, WireFragment } from '../../core/sync/fragment.ts';
import { formatHlc } from '../../core/sync/hlc.ts';
import type {
  BootstrapAnswer,
  DigestAnswer,
  PullAnswer,
  PushAnswer,
  PushRequest,
  RegisterAnswer,
  Witness,
} from '../../core/sync/protocol.ts';
import type { CallAnswer, Visitor } from '../accounts/visitor.ts';

export interface Device {
  readonly node: string;
  /** What it asks questions with. */
  known(): { readonly node: string; readonly epoch: number; readonly witness: Witness };
  /** A change of now, or of the time given. */
  op(collection: string, row: string, cells: Cells, ms?: number): WireFragment;
  /** The push that these would be; unless it is answered, the next is the same again. */
  request(ops: readonly unknown[]): PushRequest;
  /** Takes the answer in. */
  heard(answer: PushAnswer): PushAnswer;
  push(ops: readonly unknown[]): Promise<PushAnswer>;
  /** Whatever is answered. */
  tryPush(request: unknown): Promise<CallAnswer>;
  /** Everything that is new, page by page. */
  pull(limit?: number): Promise<readonly WireFragment[]>;
  bootstrap(): Promise<readonly WireFragment[]>;
  digest(): Promise<DigestAnswer>;
  /** As after `reset`: knows nothing of the server's any more. */
  forget(): void;
  readonly cursor: number;
  /** Where it calls from now on. */
  moveTo(who: Visitor): void;
}

export async function openDevice(first: Visitor): Promise<Device> {
  let who = first;
  const registered = await who.post<RegisterAnswer>('replication.register', {});
  const { node } = registered;
  const { epoch } = registered.sealing;
  let nonce: string = registered.nonce;
  let witness: Witness = { seq: 0, token: '' };
  let [pushNo, cursor, counter] = [0, 0, 0];
  const known = () => ({ node, epoch, witness });
  const device: Device = {
    node,
    known,
    op(collection, row, cells, ms = Date.now()) {
      return [collection, row, formatHlc({ ms, counter: counter++ }, node), cells];
    },
    request: (ops) => ({
      ...known(),
      ...{ pushNo: pushNo + 1, nonce, unsynced: ops.length },
      ops: ops as readonly WireFragment[],
    }),
    heard(answer) {
      if (answer.kind !== 'done') return answer;
      ({ nonce, witness } = answer);
      pushNo += 1;
      return answer;
    },
    async push(ops) {
      const request = device.request(ops);
      return device.heard(await who.post<PushAnswer>('replication.push', request));
    },
    tryPush: (request) => who.try('POST', 'replication.push', request),
    async pull(limit = 5_000) {
      const all: WireFragment[] = [];
      for (;;) {
        const asked = { ...known(), cursor, limit };
        const answer = await who.post<PullAnswer>('replication.pull', asked);
        if (answer.kind !== 'page') throw new Error(`A pull was answered ${answer.kind}.`);
        all.push(...answer.fragments);
        ({ cursor, witness } = answer);
        if (cursor >= answer.head) return all;
      }
    },
    async bootstrap() {
      const all: WireFragment[] = [];
      for (let from: { head: number; before: number } | null = null; ;) {
        const asked: object = { node, epoch, from };
        const answer = await who.post<BootstrapAnswer>('replication.bootstrap', asked);
        if (answer.kind !== 'page') throw new Error(`It was answered ${answer.kind}.`);
        all.push(...answer.fragments);
        const { head, before } = answer;
        if (before !== null) {
          from = { head, before };
          continue;
        }
        ({ witness } = answer);
        cursor = head;
        return all;
      }
    },
    digest: () => who.post<DigestAnswer>('replication.digest', known()),
    forget() {
      witness = { seq: 0, token: '' };
      cursor = 0;
    },
    get cursor() {
      return cursor;
    },
    moveTo(other) {
      who = other;
    },
  };
  return device;
}

/** The value that a device which has these has in each cell, by `collection row cell`. */
export function cellsOf(fragments: readonly WireFragment[]): Record<string, string> {
  const latest = new Map<string, { hlc: string; text: string }>();
  for (const [collection, row, hlc, cells] of fragments) {
    for (const [cell, value] of Object.entries(cells)) {
      const place = `${collection} ${row} ${cell}`;
      const before = latest.get(place);
      const text = `${hlc} ${JSON.stringify(value)}`;
      if (!before || before.hlc < hlc) latest.set(place, { hlc, text });
    }
  }
  return Object.fromEntries([...latest].sort().map(([place, { text }]) => [place, text]));
}
