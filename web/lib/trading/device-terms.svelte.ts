/**
 * How one sends on an account from this device: whether each order is asked about first, and
 * whether one click may send. Another device, or another person here, is asked anew.
 */
import { termsShelf, type TermsShelf } from './kept-terms.ts';
import { oneClickOff, type OneClick } from './ticket/one-click.ts';

export class DeviceTerms {
  asksFirst = $state(true);
  oneClick = $state.raw<OneClick>(oneClickOff);
  private readonly shelf: TermsShelf;

  constructor(userId: string, accountId: string) {
    this.shelf = termsShelf(localStorage, userId, accountId);
    const { asksFirst, oneClick } = this.shelf.read();
    this.asksFirst = asksFirst;
    this.oneClick = oneClick;
  }

  askFirst(asks: boolean): void {
    this.asksFirst = asks;
    this.keep();
  }
  setOneClick(change: Partial<OneClick>): void {
    this.oneClick = { ...this.oneClick, ...change };
    this.keep();
  }

  private keep(): void {
    this.shelf.keep({ asksFirst: this.asksFirst, oneClick: this.oneClick });
  }
}
