/**
 * The only list of error codes, shared by pages, workers and server.
 *
 * A code is never renamed or reused: it is stored and shown years later. `transport` is the
 * tRPC code a server answers with; `retry` says whether the same call can succeed later.
 * The words for people live in `web/lib/words/errors.ts`, keyed by code.
 */

interface ErrorKind {
  readonly transport:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PAYLOAD_TOO_LARGE'
    | 'TOO_MANY_REQUESTS'
    | 'CLIENT_CLOSED_REQUEST'
    | 'INTERNAL_SERVER_ERROR'
    | 'SERVICE_UNAVAILABLE';
  readonly retry: 'never' | 'later' | 'after-change';
}

const kinds = {
  'import.empty': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.format-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.mapping-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.no-valid-rows': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.not-text': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.file-unreadable': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.tick-file': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.no-ticks': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.archive-damaged': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.too-large': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'import.too-many-problems': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'import.timeframe-mismatch': { transport: 'CONFLICT', retry: 'after-change' },
  'import.columns-mismatch': { transport: 'CONFLICT', retry: 'after-change' },
  'import.name-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'journal.format-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'journal.news-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'journal.too-large': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'journal.zone-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'file.not-made': { transport: 'INTERNAL_SERVER_ERROR', retry: 'later' },
  'store.full': { transport: 'SERVICE_UNAVAILABLE', retry: 'after-change' },
  'store.unavailable': { transport: 'SERVICE_UNAVAILABLE', retry: 'later' },
  'store.not-found': { transport: 'NOT_FOUND', retry: 'never' },
  'store.damaged': { transport: 'INTERNAL_SERVER_ERROR', retry: 'never' },
  'note.picture-unreadable': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'note.pictures-full': { transport: 'CONFLICT', retry: 'after-change' },
  'store.archive-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'rules.invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'rules.too-long': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'settings.invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.input-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.input-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.volume-missing': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.inner-missing': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.spread-missing': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.symbol-missing': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'run.timeframe-too-short': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'optimise.prices-changed': { transport: 'CONFLICT', retry: 'after-change' },
  'run.too-few-bars': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.syntax': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.threw': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.endless': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.memory': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.output-too-large': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'code.single-market': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'code.looks-ahead': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'auth.sign-in-needed': { transport: 'UNAUTHORIZED', retry: 'after-change' },
  'auth.step-up-needed': { transport: 'FORBIDDEN', retry: 'after-change' },
  'auth.email-unverified': { transport: 'FORBIDDEN', retry: 'after-change' },
  'auth.second-factor-needed': { transport: 'FORBIDDEN', retry: 'after-change' },
  'auth.not-allowed': { transport: 'FORBIDDEN', retry: 'never' },
  'auth.local-only': { transport: 'FORBIDDEN', retry: 'never' },
  'auth.credentials-wrong': { transport: 'UNAUTHORIZED', retry: 'after-change' },
  'auth.code-wrong': { transport: 'UNAUTHORIZED', retry: 'after-change' },
  'auth.step-expired': { transport: 'UNAUTHORIZED', retry: 'after-change' },
  'auth.link-invalid': { transport: 'BAD_REQUEST', retry: 'never' },
  'auth.password-weak': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'auth.password-wrong': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'auth.email-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'auth.passkey-refused': { transport: 'UNAUTHORIZED', retry: 'after-change' },
  'auth.passkey-unsupported-here': { transport: 'BAD_REQUEST', retry: 'never' },
  'auth.totp-not-begun': { transport: 'CONFLICT', retry: 'after-change' },
  'auth.last-admin': { transport: 'CONFLICT', retry: 'after-change' },
  'account.not-found': { transport: 'NOT_FOUND', retry: 'never' },
  'account.name-taken': { transport: 'CONFLICT', retry: 'after-change' },
  'account.too-many': { transport: 'CONFLICT', retry: 'after-change' },
  'sync.chunk-damaged': { transport: 'BAD_REQUEST', retry: 'later' },
  'sync.chunk-missing': { transport: 'NOT_FOUND', retry: 'later' },
  'sync.device-missing': { transport: 'NOT_FOUND', retry: 'never' },
  'sync.behind': { transport: 'CONFLICT', retry: 'later' },
  'sync.encryption-changed': { transport: 'CONFLICT', retry: 'after-change' },
  'sync.locked': { transport: 'CONFLICT', retry: 'after-change' },
  'sync.passphrase-wrong': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'sync.elsewhere': { transport: 'NOT_FOUND', retry: 'later' },
  'sync.quota-full': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'trade.account-missing': { transport: 'NOT_FOUND', retry: 'never' },
  'trade.account-halted': { transport: 'CONFLICT', retry: 'after-change' },
  'trade.account-unready': { transport: 'CONFLICT', retry: 'later' },
  'trade.account-differs': { transport: 'CONFLICT', retry: 'after-change' },
  'trade.request-differs': { transport: 'CONFLICT', retry: 'never' },
  'trade.position-missing': { transport: 'NOT_FOUND', retry: 'after-change' },
  'trade.order-missing': { transport: 'NOT_FOUND', retry: 'after-change' },
  'trade.closing-already': { transport: 'CONFLICT', retry: 'later' },
  'trade.not-pair': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.symbol-unknown': { transport: 'NOT_FOUND', retry: 'after-change' },
  'trade.not-opposite': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.paper-off': { transport: 'FORBIDDEN', retry: 'never' },
  'trade.exchange-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.not-open': { transport: 'CONFLICT', retry: 'never' },
  'trade.not-arrived': { transport: 'SERVICE_UNAVAILABLE', retry: 'after-change' },
  'trade.same-again': { transport: 'CONFLICT', retry: 'later' },
  'trade.programs-off': { transport: 'CONFLICT', retry: 'after-change' },
  'trade.volume-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.volume-below-min': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.volume-above-max': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.volume-off-grid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.number-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.price-off-grid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.price-side': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.price-moved': { transport: 'CONFLICT', retry: 'after-change' },
  'trade.stop-side': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.target-side': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.level-too-near': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.frozen': { transport: 'CONFLICT', retry: 'later' },
  'trade.symbol-unpriced': { transport: 'CONFLICT', retry: 'later' },
  'trade.symbol-closed': { transport: 'CONFLICT', retry: 'later' },
  'trade.quote-missing': { transport: 'CONFLICT', retry: 'later' },
  'trade.quote-stale': { transport: 'CONFLICT', retry: 'later' },
  'trade.time-past': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'trade.trail-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'bot.untranslatable': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'bot.bars-used-up': { transport: 'CONFLICT', retry: 'never' },
  'bot.timeframe': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'bot.symbol-taken': { transport: 'CONFLICT', retry: 'after-change' },
  'bot.real-unconfirmed': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'bot.missing': { transport: 'NOT_FOUND', retry: 'never' },
  'bot.step': { transport: 'CONFLICT', retry: 'after-change' },
  'alert.missing': { transport: 'NOT_FOUND', retry: 'never' },
  'alert.rule-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'alert.push-refused': { transport: 'BAD_REQUEST', retry: 'never' },
  'risk.equity': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.drawdown': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.stop-missing': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'risk.trade': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.reward': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.position': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.exposure': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.positions': { transport: 'CONFLICT', retry: 'after-change' },
  'risk.margin': { transport: 'CONFLICT', retry: 'after-change' },
  'market.no-history': { transport: 'CONFLICT', retry: 'after-change' },
  'market.offline': { transport: 'SERVICE_UNAVAILABLE', retry: 'later' },
  'market.loading': { transport: 'SERVICE_UNAVAILABLE', retry: 'later' },
  'market.unavailable': { transport: 'SERVICE_UNAVAILABLE', retry: 'later' },
  'market.symbol-unknown': { transport: 'NOT_FOUND', retry: 'after-change' },
  'market.timeframe-unknown': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'market.source-off': { transport: 'NOT_FOUND', retry: 'after-change' },
  'limits.too-many-calls': { transport: 'TOO_MANY_REQUESTS', retry: 'later' },
  'work.cancelled': { transport: 'CLIENT_CLOSED_REQUEST', retry: 'never' },
  'work.crashed': { transport: 'INTERNAL_SERVER_ERROR', retry: 'later' },
  'server.misdirected': { transport: 'BAD_REQUEST', retry: 'never' },
  'server.unavailable': { transport: 'SERVICE_UNAVAILABLE', retry: 'later' },
  'server.request-invalid': { transport: 'BAD_REQUEST', retry: 'after-change' },
  'server.request-too-large': { transport: 'PAYLOAD_TOO_LARGE', retry: 'after-change' },
  'server.procedure-unknown': { transport: 'NOT_FOUND', retry: 'never' },
  'server.origin-refused': { transport: 'FORBIDDEN', retry: 'never' },
  'server.failed': { transport: 'INTERNAL_SERVER_ERROR', retry: 'later' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

/** How the rest of the system treats the code: its transport and whether to try again. */
export function errorKind(code: ErrorCode): ErrorKind {
  return kinds[code];
}

export const errorCodes = Object.keys(kinds) as readonly ErrorCode[];

/**
 * An expected failure: a stable code and the figures that explain it. `detail` is English for
 * a developer or the command line; pages choose their own words by code.
 */
export interface Failure<Code extends ErrorCode = ErrorCode> {
  readonly code: Code;
  readonly detail: string;
  readonly figures?: Readonly<Record<string, string | number>>;
}
