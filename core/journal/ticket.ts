/**
 * What a broker numbers a deal or a position with. Where it is written as a number it is one here:
 * looked up and compared a hundred thousand times, texts took most of the time.
 */
export type Ticket = number | string;

/** The number that is written just so, or the text. */
export function ticketOf(text: string): Ticket {
  const number = Number(text);
  const isNumber = Number.isSafeInteger(number) && number >= 0 && String(number) === text;
  return isNumber ? number : text;
}

/** Tickets rise, longer ones after shorter; what is no number sorts as text after them. */
export function compareTickets(one: Ticket, other: Ticket): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [a, b] = [String(one), String(other)];
  const [isNumber, isOther] = [isDigits(a), isDigits(b)];
  if (isNumber && isOther && a.length !== b.length) return a.length - b.length;
  if (isNumber !== isOther) return isNumber ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}
