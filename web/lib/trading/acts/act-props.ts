/** What every dialog about one position is given. */
import type { PositionView } from '#core/broker/views.ts';
import type { Attempt } from '#lib/account/attempt.svelte.ts';
import type { Book } from '../book.svelte.ts';
import type { TradeCall } from '../pending-requests.ts';
import type { NamelessWish } from '../trade-desk.svelte.ts';

export interface ActProps {
  open: boolean;
  readonly position: PositionView;
  readonly book: Book;
  readonly attempt: Attempt;
  readonly onsend: (what: TradeCall, title: string, wish: NamelessWish) => Promise<boolean>;
}
