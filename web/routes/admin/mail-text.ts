/** The text of a mail cut into plain pieces and links, so that its links can be followed. */

export interface TextPiece {
  readonly text: string;
  /** Null for plain text. */
  readonly href: string | null;
}

const link = /https?:\/\/[^\s<>"']+/g;

export function textPieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let at = 0;
  for (const found of text.matchAll(link)) {
    // A full stop or bracket after a link belongs to the sentence.
    const href = found[0].replace(/[.,;:!?)\]]+$/, '');
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), href: null });
    pieces.push({ text: href, href });
    at = found.index + href.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}
