/**
 * Texts of a document: in the font that every reader has where it has all of their letters, else as
 * a pen of the device draws them.
 */
import { fittedText, hasLetters, shownText, widthOf, type PdfFont } from './pdf-letters.ts';

export interface PdfLook {
  readonly sizePt: number;
  readonly font: PdfFont;
}

/** A drawn text: a bit a dot, 1 is ink; rows from the top, each filled up to a byte. */
export interface PdfStencil {
  readonly text: string;
  readonly bits: Uint8Array;
  readonly widthDots: number;
  readonly heightDots: number;
  /** From its upper left corner to where the text begins on its line. */
  readonly leftDots: number;
  readonly ascentDots: number;
  readonly dotsPerPt: number;
}

export interface PdfPen {
  /** In points. */
  widthOf(text: string, look: PdfLook): number;
  draw(text: string, look: PdfLook): PdfStencil;
}

/** Longer ones have no room anywhere. */
const mostMeasured = 400;

export class PdfLettering {
  private readonly pen: PdfPen | null;
  private readonly drawn = new Map<string, PdfStencil>();

  /** Without a pen what the font lacks is `?`. */
  constructor(pen: PdfPen | null) {
    this.pen = pen;
  }

  widthOf(text: string, look: PdfLook): number {
    const pen = this.penFor(text);
    return pen ? pen.widthOf(text, look) : widthOf(shownText(text), look.sizePt, look.font);
  }

  /** As much of it as has room, with three points where something is missing. */
  fitted(text: string, roomPt: number, look: PdfLook): string {
    if (!this.penFor(text)) return fittedText(text, roomPt, look.sizePt, look.font);
    if (text.length < mostMeasured && this.widthOf(text, look) <= roomPt) return text;
    const kept = lettersOf(text.slice(0, mostMeasured));
    while (kept.length > 1 && this.widthOf(`${kept.join('')}…`, look) > roomPt) kept.pop();
    return `${kept.join('').trimEnd()}…`;
  }

  /** Over as many lines as it needs; a word that is wider than a line is parted. */
  lines(text: string, roomPt: number, look: PdfLook): readonly string[] {
    const lines: string[] = [];
    for (const word of text.split(' ')) {
      const last = lines.at(-1);
      const longer = last === undefined ? word : `${last} ${word}`;
      if (last !== undefined && this.widthOf(longer, look) <= roomPt)
        lines[lines.length - 1] = longer;
      else lines.push(...this.parted(word, roomPt, look));
    }
    return lines;
  }

  /** Null where the font has its letters. The same text is drawn once. */
  stencil(text: string, look: PdfLook): PdfStencil | null {
    const pen = this.penFor(text);
    if (!pen) return null;
    const key = `${look.font} ${look.sizePt} ${text}`;
    const known = this.drawn.get(key) ?? pen.draw(text, look);
    this.drawn.set(key, known);
    return known;
  }

  private parted(word: string, roomPt: number, look: PdfLook): readonly string[] {
    const parts = [''];
    for (const letter of lettersOf(word)) {
      const longer = `${parts.at(-1)!}${letter}`;
      if (parts.at(-1) === '' || this.widthOf(longer, look) <= roomPt)
        parts[parts.length - 1] = longer;
      else parts.push(letter);
    }
    return parts;
  }

  private penFor(text: string): PdfPen | null {
    return hasLetters(text) ? null : this.pen;
  }
}

/** As people count them: with their accents, and of several signs where those are one. */
function lettersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
