/** Checks of what the server answers to a replica; fragments are checked when they are opened. */
import {
  anything,
  finite,
  flag,
  list,
  object,
  oneOf,
  orNull,
  record,
  text,
  whole,
  type Shape,
} from '#core/collections/shape.ts';
import type { WireFragment } from '#core/sync/fragment.ts';
import type { LiveTicket } from '#core/sync/live.ts';
import {
  MOST_PUSH_OPS,
  outcomes,
  type BootstrapAnswer,
  type BucketAnswer,
  type DigestAnswer,
  type PullAnswer,
  type PushAnswer,
  type Refused,
  type RegisterAnswer,
  type Sealing,
  type Witness,
} from '#core/sync/protocol.ts';

type Of<Answer extends { readonly kind: string }, Kind extends Answer['kind']> = Extract<
  Answer,
  { readonly kind: Kind }
>;

const witness = object<Witness>({ seq: whole, token: text(200) });
/** A group that fits a push is not split, so that a page may hold more than its limit. */
const fragments = list(anything as Shape<WireFragment>, 100_000);

const refused = object<Refused>({ kind: oneOf(['forked', 'reset', 'sealed']), nowMs: finite });

/** The answer of one kind, or a refusal. */
function answer<T extends { readonly kind: string }>(kind: string, shape: Shape<T>) {
  return (value: unknown, path: string): T | Refused => {
    const said = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : null;
    return said === kind ? shape(value, path) : refused(value, path);
  };
}

export const sealing = object<Sealing>({ epoch: whole, encrypted: flag });

export const registerAnswer: Shape<RegisterAnswer> = object<RegisterAnswer>({
  node: text(20),
  nonce: text(200),
  nowMs: finite,
  sealing,
});

export const pushAnswer: Shape<PushAnswer> = answer(
  'done',
  object<Of<PushAnswer, 'done'>>({
    kind: oneOf(['done']),
    outcomes: list(oneOf(outcomes), MOST_PUSH_OPS),
    nonce: text(200),
    witness,
    nowMs: finite,
  }),
);

export const pullAnswer: Shape<PullAnswer> = answer(
  'page',
  object<Of<PullAnswer, 'page'>>({
    kind: oneOf(['page']),
    fragments,
    cursor: whole,
    head: whole,
    witness,
    nowMs: finite,
  }),
);

export const bootstrapAnswer: Shape<BootstrapAnswer> = answer(
  'page',
  object<Of<BootstrapAnswer, 'page'>>({
    kind: oneOf(['page']),
    fragments,
    head: whole,
    before: orNull(whole),
    witness,
    nowMs: finite,
  }),
);

export const digestAnswer: Shape<DigestAnswer> = answer(
  'digest',
  object<Of<DigestAnswer, 'digest'>>({
    kind: oneOf(['digest']),
    head: whole,
    sums: record(list(finite, 256)),
    nowMs: finite,
  }),
);

export const bucketAnswer: Shape<BucketAnswer> = answer(
  'bucket',
  object<Of<BucketAnswer, 'bucket'>>({
    kind: oneOf(['bucket']),
    fragments,
    head: whole,
    nowMs: finite,
  }),
);

export const ticketAnswer: Shape<LiveTicket> = object<LiveTicket>({
  socketUrl: orNull(text(2_000)),
  ticket: text(2_000),
});

/** Whose session this is; null = nobody's. */
export const sessionAnswer: Shape<{ readonly account: { readonly userId: string } | null }> =
  object({ account: orNull(object<{ readonly userId: string }>({ userId: text(200) })) });

/** What a failed call says of itself. */
export const failedCall: Shape<{
  readonly failure: string;
  readonly figures?: Readonly<Record<string, unknown>> | undefined;
}> = object({
  failure: text(100),
  figures: (value: unknown, path: string) =>
    value === undefined ? undefined : record(anything)(value, path),
});
