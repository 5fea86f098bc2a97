/** What the log of a trading account says: what happened, and its particulars. */
import type { LogEntryView } from '#core/broker/views.ts';
import { haltText } from './connections.ts';
import { say } from './language.ts';

const events: Readonly<Record<string, string>> = {
  connected: say`The terminal connected`,
  disconnected: say`The terminal left`,
  refused: say`A terminal called that could not prove it is yours`,
  reconciled: say`Compared with the terminal`,
  'fingerprint-differs': say`The terminal shows something else than is known here; compared anew`,
  failed: say`The server failed at this account; it began anew`,
  'halted.other-account': haltText('other-account'),
  'halted.other-device': haltText('other-device'),
  'halted.position-lost': haltText('position-lost'),
  'position-lost': say`A position is gone, and no deal tells why`,
  'oco-both-filled': say`Both orders of an either-or pair were filled`,
  'order.late-evidence': say`Something came of an order that was thought to be over`,
  'order.overfilled': say`The broker filled more than was asked`,
  'order.second-order': say`A second order at the broker filled the same request`,
  'order.contradiction': say`An answer cannot be true beside what is known, and was not believed`,
  'order.journal-lost': say`The terminal has forgotten what it had written down: you decide`,
};

/** An entry of the account's log; one newer than this version is shown by its own name. */
export const logText = ({ name }: Pick<LogEntryView, 'name'>): string =>
  events[name] ?? name.replaceAll(/[-.]/g, ' ');

/** Why a terminal left or was turned away. */
const reasons: Readonly<Record<string, string>> = {
  broken: say`a message that was damaged or not understood`,
  refused: say`its proof was wrong`,
  unknown: say`it named an account that is not known`,
  'wrong-token': say`its proof was wrong`,
  'code-expired': say`its pairing code had run out`,
  revoked: say`the account was removed`,
  'other-account': say`it had signed in to another account`,
  silent: say`nothing was heard of it`,
  slow: say`it took messages too slowly`,
  fenced: say`another connection took over`,
  flood: say`too many messages`,
  failed: say`the server could not write down what it said`,
  stopping: say`the server was stopped`,
  gone: say`the line ended`,
};

const figures: Readonly<Record<string, (value: string) => string>> = {
  positions: (count) => say`positions: ${count}`,
  orders: (count) => say`orders: ${count}`,
  login: (login) => say`account ${login}`,
  brokerServer: (name) => say`server ${name}`,
  build: (build) => say`build ${build}`,
  symbol: (symbol) => symbol,
  position: (ticket) => say`position ${ticket}`,
  volumeLots: (lots) => say`${lots} lots`,
  why: (why) => reasons[why] ?? why,
};

/** What is known by no word here is shown by its own name. */
export function logDetail({ detail }: Pick<LogEntryView, 'detail'>): string {
  return Object.entries(detail)
    .filter(([name, value]) => !/id$/i.test(name) && value !== '' && value !== null)
    .map(([name, value]) => figures[name]?.(String(value)) ?? `${name} ${String(value)}`)
    .join(' · ');
}
