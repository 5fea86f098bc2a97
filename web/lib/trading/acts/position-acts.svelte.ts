/**
 * What can be done about an open position, by button, menu and key: one list for all three. Call it
 * while a component is being set up; PositionDialogs shows what an act asks for.
 */
import type { PositionView } from '#core/broker/views.ts';
import { Attempt } from '#lib/account/attempt.svelte.ts';
import { notify } from '#lib/state/notices.ts';
import { numberText, priceText, signedText } from '#lib/words/numbers.ts';
import { lotsText, sideWords, stateWords } from '#lib/words/orders.ts';
import { closingPrice, floatingProfit } from '../floating.ts';
import type { TradeCall } from '../pending-requests.ts';
import type { NamelessWish, TradeDesk } from '../trade-desk.svelte.ts';
import { say } from '../../words/language.ts';

export type Act = 'part' | 'protect' | 'trail' | 'close-by' | 'all';

export interface ActItem {
  readonly id: string;
  readonly label: string;
  /** Does the same on the chosen row. */
  readonly key: string;
  readonly disabled: boolean;
  readonly run: () => void;
}

export const positionWords = (row: PositionView) => `${lotsText(row.volumeLots)} ${row.symbol}`;

export class PositionActs {
  readonly attempt = new Attempt();
  /** The dialog that is open, and about which position: by its id, so that it is as it is now. */
  act = $state<Act | null>(null);
  chosen = $state('');
  readonly desk: TradeDesk;

  constructor(desk: TradeDesk) {
    this.desk = desk;
  }

  get positions(): readonly PositionView[] {
    return this.desk.book.value?.positions ?? [];
  }
  get position(): PositionView | null {
    return this.positions.find((each) => each.position === this.chosen) ?? null;
  }
  opposites(row: PositionView): readonly PositionView[] {
    return this.positions.filter((each) => each.symbol === row.symbol && each.side !== row.side);
  }

  send = async (what: TradeCall, title: string, wish: NamelessWish): Promise<boolean> => {
    const { act, chosen } = this;
    const taken = await this.attempt.run(() => this.desk.send(what, title, wish));
    if (!taken) return false;
    const first = taken.intents[0];
    const detail = first ? { detail: stateWords(first.state).long } : {};
    void notify({ id: 'order', text: title, ...detail });
    // The answer may take its time: what was opened since then stays.
    if (this.act === act && this.chosen === chosen) this.act = null;
    return true;
  };

  async close(row: PositionView): Promise<void> {
    const title = say`Close ${positionWords(row)}`;
    if (!(await this.asked(row, title, say`Close position`))) return;
    await this.send('close', title, { t: 'close', position: row.position, volumeLots: null });
  }
  async reverse(row: PositionView): Promise<void> {
    const title = say`Reverse ${positionWords(row)}`;
    if (!(await this.asked(row, title, say`Reverse position`))) return;
    await this.send('open', title, { t: 'reverse', position: row.position });
  }
  breakEven(row: PositionView): void {
    void this.send('change', say`Break-even for ${positionWords(row)}`, {
      ...{ t: 'break-even', position: row.position, lockPoints: 0 },
    });
  }

  /** Closing is the button of the row; the rest stands in its menu. */
  items(row: PositionView): readonly ActItem[] {
    const { blocked, openingBlocked } = this.desk;
    const dialog = (act: Act) => () => {
      this.chosen = row.position;
      this.act = act;
    };
    const isBlocked = blocked !== null;
    const close = {
      id: 'close',
      label: say`Close`,
      key: 'Delete',
      run: () => void this.close(row),
    };
    const asks = [
      { id: 'part', label: say`Close a part…`, key: 'p', run: dialog('part') },
      { id: 'protect', label: say`Stop and target…`, key: 's', run: dialog('protect') },
      { id: 'even', label: say`Stop to break-even`, key: 'e', run: () => this.breakEven(row) },
      { id: 'trail', label: say`Trailing stop…`, key: 't', run: dialog('trail') },
    ];
    const reverse = {
      id: 'reverse',
      label: say`Reverse`,
      key: 'r',
      run: () => void this.reverse(row),
    };
    const by = { id: 'by', label: say`Close by opposite…`, key: 'o', run: dialog('close-by') };
    return [
      ...[close, ...asks].map((each) => ({ ...each, disabled: isBlocked })),
      { ...reverse, disabled: openingBlocked !== null },
      ...(this.opposites(row).length > 0 ? [{ ...by, disabled: isBlocked }] : []),
    ];
  }

  /** The keys of the table of positions; they do nothing anywhere else. */
  pressed = (row: PositionView, event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const item = this.items(row).find(({ key }) => key.toLowerCase() === event.key.toLowerCase());
    if (!item || item.disabled) return;
    event.preventDefault();
    item.run();
  };

  private asked(row: PositionView, title: string, action: string): Promise<boolean> {
    const { book } = this.desk;
    return this.desk.confirmed({
      ...{ title, action, isDanger: true },
      lines: () => {
        const instrument = book.instruments.get(row.symbol);
        const quote = book.quotes.get(row.symbol);
        const digits = instrument?.digits ?? 5;
        const now = quote ? priceText(closingPrice(row.side, quote), digits) : numberText(null);
        return [
          [say`Position`, `${sideWords[row.side]} ${positionWords(row)}`],
          [say`Opened at`, priceText(row.openPrice, digits)],
          [say`Price now`, now],
          [say`Profit`, signedText(floatingProfit(row, instrument, quote)), 'amount'],
        ];
      },
    });
  }
}
