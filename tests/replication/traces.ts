/** What devices may say to a server, at random, so that two storages can be held against each other. */
import fc from 'fast-check';
import type { WireFragment } from '#core/sync/fragment.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { bucket, digest } from '#sync/replication/comparison.ts';
import { push, register, type ExchangeNeeds } from '#sync/replication/exchange.ts';
import { bootstrap, pull } from '#sync/replication/pages.ts';
import type { ServerStore } from '#sync/replication/server-store.ts';
import { faultOfFragment } from '#core/sync/acceptance.ts';
import type { PushRequest, Witness } from '#core/sync/protocol.ts';

export const traceNowMs = 1_700_000_000_000;

/** Names in their order, so that two servers that do the same say the same. */
export function countedNeeds(quotaBytes: number): ExchangeNeeds {
  let given = 0;
  return {
    nowMs: () => traceNowMs,
    randomToken: () => `token${++given}`,
    randomNode: () => `n${String(++given).padStart(5, '0')}`,
    limits: { quotaBytes, aheadMs: 60_000 },
    faultOfFragment,
  };
}

const stamp = fc
  .record({
    ms: fc.integer({ min: traceNowMs - 40, max: traceNowMs }),
    late: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 120_000),
    node: fc.constantFrom('aaaaaa', 'bbbbbb', 'cccccc'),
  })
  .map(({ ms, late, node }) => formatHlc({ ms: ms + late, counter: 0 }, node));

const inputs = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'ä, "🎯"\\'), { minLength: 1 });
const strategy = inputs.map((names) =>
  Object.fromEntries(names.map((name, place) => [`inputs.${name}`, place])),
);
const deletion = fc.constantFrom({ _del: 1 }, { _del: 0 });
const text = fc.record({ hlc: stamp, covered: fc.uniqueArray(stamp, { maxLength: 4 }) });
const row = fc.constantFrom('one', 'two', 'three, "4"', 'löwe\\');

/** Mostly what is taken, now and then what is not. */
const op: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constant('strategies'), row, stamp, strategy) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('strategies'), row, stamp, deletion) },
  {
    weight: 3,
    arbitrary: fc.tuple(row, text, fc.boolean()).map(([id, { hlc, covered }, isWhole]) => {
      const cells = { [`text.${hlc}`]: 'AAAA' };
      const x = covered.filter((each) => each < hlc).map((each) => `text.${each}`);
      return isWhole && x.length > 0 ? ['notes', id, hlc, cells, { x }] : ['notes', id, hlc, cells];
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(row, stamp, strategy, fc.constantFrom('g1', 'g2'))
      .map(([id, hlc, cells, g]) => ['strategies', id, hlc, cells, { g }]),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      null,
      ['nothing', 'x', formatHlc({ ms: 1, counter: 0 }, 'aaaaaa'), { a: 1 }],
      ['strategies', 'a\0b', formatHlc({ ms: 1, counter: 0 }, 'aaaaaa'), { name: 'a' }],
      ['strategies', 'x', formatHlc({ ms: 1, counter: 0 }, 'aaaaaa'), { name: 7 }],
    ),
  },
);

export type Step =
  | { readonly kind: 'push'; readonly device: number; readonly ops: readonly unknown[] }
  | { readonly kind: 'again' | 'bootstrap' | 'digest'; readonly device: number }
  | { readonly kind: 'pull'; readonly device: number; readonly limit: number }
  | { readonly kind: 'stale'; readonly device: number }
  | { readonly kind: 'bucket'; readonly device: number; readonly bucket: number };

const device = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      device,
      ops: fc.array(op, { minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pull' as const),
      device,
      limit: fc.integer({ min: 1, max: 6 }),
    }),
  },
  fc.record({
    kind: fc.constantFrom('again' as const, 'stale' as const, 'bootstrap' as const),
    device,
  }),
  fc.record({ kind: fc.constant('digest' as const), device }),
  fc.record({
    kind: fc.constant('bucket' as const),
    device,
    bucket: fc.integer({ min: 0, max: 255 }),
  }),
);
export const steps = fc.array(step, { minLength: 4, maxLength: 16 });

interface Known {
  readonly node: string;
  nonce: string;
  witness: Witness;
  cursor: number;
  last: PushRequest | null;
}

/** All answers of the server, in order. */
export async function traceOf(
  store: ServerStore,
  needs: ExchangeNeeds,
  { userId, steps: wanted }: { readonly userId: string; readonly steps: readonly Step[] },
): Promise<readonly unknown[]> {
  const devices: Known[] = [];
  for (let i = 0; i < 2; i++) {
    const { node, nonce } = await register(store, needs, userId);
    devices.push({ node, nonce, witness: { seq: 0, token: '' }, cursor: 0, last: null });
  }
  const trace: unknown[] = [];
  for (const one of wanted) {
    trace.push(await answerTo(one, devices[one.device]!, (run) => run(store, needs, userId)));
  }
  return trace;
}

type Ask = <T>(run: (store: ServerStore, needs: ExchangeNeeds, userId: string) => T) => T;

async function answerTo(one: Step, known: Known, ask: Ask): Promise<unknown> {
  const { node, witness, cursor } = known;
  const asked = { node, witness, epoch: 1 };
  switch (one.kind) {
    case 'push': {
      const ops = one.ops as readonly WireFragment[];
      const request = { ...asked, pushNo: 1, nonce: known.nonce, unsynced: 0, ops };
      const answer = await ask((...place) => push(...place, request));
      known.last = request;
      if (answer.kind === 'done') Object.assign(known, pushed(answer));
      return answer;
    }
    case 'again':
    case 'stale': {
      if (!known.last) return null;
      const request = one.kind === 'again' ? known.last : { ...known.last, pushNo: 77 };
      return ask((...place) => push(...place, request));
    }
    case 'pull': {
      const { limit } = one;
      const answer = await ask((...place) => pull(...place, { ...asked, cursor, limit }));
      if (answer.kind === 'page') Object.assign(known, pulled(answer));
      return answer;
    }
    case 'bootstrap':
      return ask((...place) => bootstrap(...place, { node, epoch: 1, from: null }));
    case 'digest':
      return ask((...place) => digest(...place, asked));
    case 'bucket': {
      const wanted = { ...asked, collection: 'strategies', bucket: one.bucket };
      const found = await ask((...place) => bucket(...place, wanted));
      if (!found.ok) throw new Error(found.error.code);
      const answer = found.value;
      if (answer.kind !== 'bucket') return answer;
      // In any order.
      return { ...answer, fragments: answer.fragments.map((each) => JSON.stringify(each)).sort() };
    }
  }
}

const pushed = ({ nonce, witness }: Pick<Known, 'nonce' | 'witness'>) => ({ nonce, witness });
const pulled = ({ cursor, witness }: Pick<Known, 'cursor' | 'witness'>) => ({ cursor, witness });
