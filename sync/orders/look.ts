/**
 * Looks at a terminal as a whole: its book, its deals and the fates that are open, all asked for
 * at once and concluded from when all is there. A look that stays without an answer is begun anew.
 */
import type { DealCursor, FateQuestion, ServerMessage } from '#core/broker/messages.ts';

/** Which parts of a look were answered, and whether these were whole. */
export interface LookParts {
  snapshot: boolean | null;
  deals: boolean | null;
  fates: boolean | null;
}

export interface Looking {
  /** Null: none is under way. */
  readonly parts: LookParts | null;
  /** Deals of all pages of the request that is under way. */
  readonly touched: Set<string>;
  begin(questions: readonly FateQuestion[], cursor: DealCursor, nowMs: number): void;
  /** More deals may be there: they are asked for once the request under way is answered. */
  askDeals(cursor: DealCursor): void;
  /** Once those that are asked for are answered, where some are. */
  askFates(questions: readonly FateQuestion[]): void;
  /** More were wished for than were asked: what is unsure by then is to be asked anew. */
  readonly areFatesWished: boolean;
  /** Whether the answer is to the request that is under way. */
  isAwaited(kind: 'deals' | 'fates', request: number): boolean;
  nextPage(cursor: DealCursor): void;
  /** True where more was wished meanwhile: it is asked for at once. */
  dealsAnswered(isWhole: boolean, cursor: DealCursor): boolean;
  fatesAnswered(isWhole: boolean): void;
  snapshotAnswered(isWhole: boolean): void;
  /** All parts are answered: the look is over, whether it was whole, and when it began. */
  finished(): { readonly isWhole: boolean; readonly begunMs: number } | null;
  isStuck(nowMs: number): boolean;
  drop(): void;
}

const pageDeals = 2_000;
const mostWaitMs = 60_000;

export function looking(send: (message: ServerMessage) => void): Looking {
  let parts: LookParts | null = null;
  let begunMs = 0;
  let last = 0;
  const awaited: { deals: number | null; fates: number | null } = { deals: null, fates: null };
  let isMoreWished = false;
  let areFatesWished = false;
  const touched = new Set<string>();

  const requestDeals = (after: DealCursor) => {
    awaited.deals = ++last;
    send({ t: 'deals', request: last, after, limit: pageDeals });
  };
  const askDeals = (cursor: DealCursor) => {
    if (awaited.deals === null) requestDeals(cursor);
    else isMoreWished = true;
  };
  const requestFates = (ids: readonly FateQuestion[]) => {
    areFatesWished = false;
    awaited.fates = ++last;
    send({ t: 'fate', request: last, ids });
  };
  return {
    get parts() {
      return parts;
    },
    touched,
    begin(questions, cursor, nowMs) {
      begunMs = nowMs;
      parts = { snapshot: null, deals: null, fates: questions.length === 0 ? true : null };
      send({ t: 'snapshot' });
      // Pages that are under way may have been read before what the rest of the look shows.
      askDeals(cursor);
      if (questions.length > 0) requestFates(questions);
    },
    askDeals,
    askFates(questions) {
      if (questions.length === 0) return;
      if (awaited.fates === null) requestFates(questions);
      else areFatesWished = true;
    },
    get areFatesWished() {
      return areFatesWished;
    },
    isAwaited: (kind, request) => awaited[kind] === request,
    nextPage: requestDeals,
    dealsAnswered(isWhole, cursor) {
      awaited.deals = null;
      if (isMoreWished) {
        isMoreWished = false;
        requestDeals(cursor);
        return true;
      }
      if (parts) parts.deals = isWhole;
      return false;
    },
    fatesAnswered(isWhole) {
      awaited.fates = null;
      areFatesWished = false;
      if (parts) parts.fates = isWhole;
    },
    snapshotAnswered(isWhole) {
      if (parts) parts.snapshot = isWhole;
    },
    finished() {
      if (!parts || Object.values(parts).includes(null)) return null;
      const isWhole = Object.values(parts).every((part) => part === true);
      parts = null;
      return { isWhole, begunMs };
    },
    isStuck: (nowMs) => parts !== null && nowMs - begunMs > mostWaitMs,
    drop() {
      parts = null;
      awaited.deals = null;
      awaited.fates = null;
      isMoreWished = false;
      areFatesWished = false;
      touched.clear();
    },
  };
}
