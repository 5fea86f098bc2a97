/** The server's storage in memory: transactions one after another, undone when their work throws. */
import { DELETED } from '#core/sync/fragment.ts';
import type {
  Head,
  NodeState,
  ServerStore,
  ServerTx,
  StoredFragment,
} from '#sync/replication/server-store.ts';

export interface ServerData {
  head: Head;
  tokens: Map<number, string>;
  nodes: Map<string, NodeState>;
  cursors: Map<string, number>;
  fragments: StoredFragment[];
  chunks: Set<string>;
}

export interface MemoryServer extends ServerStore {
  readonly data: ServerData;
  backup(): ServerData;
  restore(backup: ServerData): void;
}

export function memoryServer(step: () => Promise<void> = async () => undefined): MemoryServer {
  let data: ServerData = {
    head: { seq: 0, token: '', epoch: 1, encrypted: false, bytes: 0 },
    tokens: new Map(),
    nodes: new Map(),
    cursors: new Map(),
    fragments: [],
    chunks: new Set(),
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    get data() {
      return data;
    },
    backup: () => copyOf(data),
    restore(backup) {
      data = copyOf(backup);
    },
    transact(_, work) {
      const run = async () => {
        const before = copyOf(data);
        try {
          const result = await work(transaction(() => data, step));
          await step();
          return result;
        } catch (error) {
          data = before;
          throw error;
        }
      };
      const next = last.then(run, run);
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** What lies in it is never changed in place. */
function copyOf(data: ServerData): ServerData {
  return {
    head: data.head,
    tokens: new Map(data.tokens),
    nodes: new Map(data.nodes),
    cursors: new Map(data.cursors),
    fragments: [...data.fragments],
    chunks: new Set(data.chunks),
  };
}

const keyOf = ({ collection, row, hlc, part }: StoredFragment) =>
  `${collection} ${row} ${hlc} ${part}`;

function transaction(now: () => ServerData, step: () => Promise<void>): ServerTx {
  return {
    async holdHead() {
      await step();
      return now().head;
    },
    async head() {
      await step();
      return now().head;
    },
    async saveHead(head) {
      await step();
      now().head = head;
    },
    async tokenAt(seq) {
      await step();
      return now().tokens.get(seq) ?? null;
    },
    async mintToken({ seq, token }) {
      await step();
      now().tokens.set(seq, token);
    },
    async node(node) {
      await step();
      return now().nodes.get(node) ?? null;
    },
    async addNode(state) {
      await step();
      now().nodes.set(state.node, state);
    },
    async saveNode(state) {
      await step();
      now().nodes.set(state.node, state);
    },
    async noteCursor(node, cursor) {
      await step();
      now().cursors.set(node, cursor);
    },
    async bytesOf(rows) {
      return rows.map(({ collection, row }) =>
        now()
          .fragments.filter((each) => each.collection === collection && each.row === row)
          .reduce((sum, { bytes }) => sum + bytes, 0),
      );
    },
    async fragmentsOf(rows) {
      await step();
      const keys = new Set(rows.map(({ collection, row }) => `${collection} ${row}`));
      return now().fragments.filter((each) => keys.has(`${each.collection} ${each.row}`));
    },
    async apply({ insert, shrink, remove }) {
      await step();
      const gone = new Set(remove.map(keyOf));
      const less = new Map(shrink.map((each) => [keyOf(each), each]));
      now().fragments = now()
        .fragments.filter((each) => !gone.has(keyOf(each)))
        .map((each) => less.get(keyOf(each)) ?? each)
        .concat(insert)
        .sort((a, b) => a.seq - b.seq);
    },
    async chunksHeld(hashes) {
      await step();
      return new Set(hashes.filter((hash) => now().chunks.has(hash)));
    },
    async after(seq, limit) {
      await step();
      return now()
        .fragments.filter((each) => each.seq > seq)
        .slice(0, limit);
    },
    async before(seq, limit) {
      await step();
      return now()
        .fragments.filter((each) => each.seq < seq)
        .toReversed()
        .slice(0, limit);
    },
    async each(collection, visit) {
      await step();
      now()
        .fragments.filter((each) => each.collection === collection)
        .forEach(visit);
    },
    async collections() {
      await step();
      return [...new Set(now().fragments.map(({ collection }) => collection))];
    },
  };
}

/** Rows that were deleted and not purged. */
export function deletedRows({ fragments }: ServerData): readonly StoredFragment[] {
  return fragments.filter(
    ({ cells, live, purged }) => !purged && live.includes(DELETED) && cells[DELETED] === 1,
  );
}
