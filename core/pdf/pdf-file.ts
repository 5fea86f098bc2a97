/**
 * Pages as a PDF file: text that can be selected, lines and areas, and nothing that runs.
 *
 * Version 1.4, objects one after another with a table of where each begins; pages are packed by the
 * function that is handed in. Fonts are two of the fourteen that every reader has. A page counts in
 * points from its upper left corner. Source: ISO 32000-1.
 */
import { assert } from '../assert.ts';
import type { PdfLook, PdfStencil } from './pdf-lettering.ts';
import { codesOf, differences, shownText } from './pdf-letters.ts';

export const pageWidthPt = 595.28;
export const pageHeightPt = 841.89;

/** Parts of 1: red, green, blue. */
export type PdfInk = readonly [red: number, green: number, blue: number];
export type PdfPoint = readonly [xPt: number, yPt: number];

export interface PdfText extends PdfLook {
  readonly at: PdfPoint;
  readonly ink: PdfInk;
}

const shortNumber = (value: number): string => String(Math.round(value * 100) / 100);
const inkOf = (ink: PdfInk): string => ink.map(shortNumber).join(' ');
const pointOf = ([x, y]: PdfPoint): string => `${shortNumber(x)} ${shortNumber(pageHeightPt - y)}`;
const hex = (codes: readonly number[]): string =>
  codes.map((code) => code.toString(16).padStart(2, '0')).join('');

export class PdfPage {
  private readonly parts: string[] = [];
  /** What is drawn on it, by the names that its content has for them. */
  readonly stencils = new Map<PdfStencil, string>();

  /** A text as it was drawn; it is found and copied as the text it shows. */
  stencil(stencil: PdfStencil, { at: [x, y], ink }: Pick<PdfText, 'at' | 'ink'>): void {
    const name = this.stencils.get(stencil) ?? `S${this.stencils.size + 1}`;
    this.stencils.set(stencil, name);
    const points = (dots: number) => dots / stencil.dotsPerPt;
    const [width, height] = [points(stencil.widthDots), points(stencil.heightDots)];
    const corner = pointOf([x - points(stencil.leftDots), y + height - points(stencil.ascentDots)]);
    const size = `${shortNumber(width)} 0 0 ${shortNumber(height)}`;
    this.parts.push(
      `/Span << /ActualText <${utf16(stencil.text)}> >> BDC q ${inkOf(ink)} rg ${size} ${corner} cm /${name} Do Q EMC`,
    );
  }
  /** `at` is where its line stands on, at the left. */
  text(text: string, { at, sizePt, font, ink }: PdfText): void {
    const name = font === 'bold' ? '/F2' : '/F1';
    const codes = hex(codesOf(shownText(text)));
    this.parts.push(
      `BT ${name} ${shortNumber(sizePt)} Tf ${inkOf(ink)} rg ${pointOf(at)} Td <${codes}> Tj ET`,
    );
  }
  line(points: readonly PdfPoint[], { ink, widthPt }: { ink: PdfInk; widthPt: number }): void {
    if (points.length < 2) return;
    const way = points.map((point, at) => `${pointOf(point)} ${at === 0 ? 'm' : 'l'}`);
    this.parts.push(`${inkOf(ink)} RG ${shortNumber(widthPt)} w 1 j ${way.join(' ')} S`);
  }
  area(points: readonly PdfPoint[], ink: PdfInk): void {
    if (points.length < 3) return;
    const way = points.map((point, at) => `${pointOf(point)} ${at === 0 ? 'm' : 'l'}`);
    this.parts.push(`${inkOf(ink)} rg ${way.join(' ')} h f`);
  }
  content(): string {
    return this.parts.join('\n');
  }
}

export interface PdfFacts {
  readonly title: string;
  readonly madeMs: number;
  /** As `en`. */
  readonly language: string;
}

/** To the format of zlib. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

export async function pdfFile(
  pages: readonly PdfPage[],
  { title, madeMs, language }: PdfFacts,
  deflate: Deflate,
): Promise<Uint8Array<ArrayBuffer>> {
  assert(pages.length > 0, 'a document has a page');
  const pageIds = pages.map((_, at) => 6 + 2 * at);
  const encoding = `/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [${differences}] >>`;
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} ${encoding} >>`;
  const box = `/MediaBox [0 0 ${pageWidthPt} ${pageHeightPt}]`;
  const fonts = '/Font << /F1 3 0 R /F2 4 0 R >>';
  const file = new Objects();
  file.add(
    `<< /Type /Catalog /Pages 2 0 R /Lang (${language}) /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  const kids = pageIds.map((id) => `${id} 0 R`).join(' ');
  file.add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  file.add(font('Helvetica'));
  file.add(font('Helvetica-Bold'));
  file.add(`<< /Title <${utf16(title)}> /Producer (Offing) /CreationDate (${dateOf(madeMs)}) >>`);
  const stencils = [...new Set(pages.flatMap((page) => [...page.stencils.keys()]))];
  const stencilIds = new Map(stencils.map((each, at) => [each, 6 + 2 * pages.length + at]));
  for (const [at, page] of pages.entries()) {
    const packed = await deflate(bytesOf(page.content()));
    const drawn = Array.from(
      page.stencils,
      ([each, name]) => `/${name} ${stencilIds.get(each)!} 0 R`,
    );
    const resources = `/Resources << ${fonts} /XObject << ${drawn.join(' ')} >> >>`;
    file.add(
      `<< /Type /Page /Parent 2 0 R ${box} ${resources} /Contents ${pageIds[at]! + 1} 0 R >>`,
    );
    file.add(`<< /Length ${packed.length} /Filter /FlateDecode >>`, packed);
  }
  for (const { bits, widthDots, heightDots } of stencils) {
    const packed = await deflate(bits);
    const size = `/Width ${widthDots} /Height ${heightDots} /BitsPerComponent 1 /Decode [1 0]`;
    const kind = `/Type /XObject /Subtype /Image /ImageMask true ${size}`;
    file.add(`<< ${kind} /Length ${packed.length} /Filter /FlateDecode >>`, packed);
  }
  return file.end({ root: 1, info: 5 });
}

/** Letters of one byte each. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `feff${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}`;
}

/** `D:20261127120000Z`. */
function dateOf(ms: number): string {
  return `D:${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;
}

/** Objects of a file, numbered from 1 in the order in which they are added. */
class Objects {
  private readonly parts: Uint8Array[] = [];
  private readonly begins: number[] = [];
  private length = 0;

  constructor() {
    this.put('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n');
  }
  add(object: string, stream?: Uint8Array): void {
    this.begins.push(this.length);
    this.put(`${this.begins.length} 0 obj\n${object}\n`);
    if (stream) {
      this.put('stream\n');
      this.take(stream);
      this.put('\nendstream\n');
    }
    this.put('endobj\n');
  }
  end({ root, info }: { readonly root: number; readonly info: number }): Uint8Array<ArrayBuffer> {
    const table = this.length;
    const size = this.begins.length + 1;
    const rows = this.begins.map((begin) => `${String(begin).padStart(10, '0')} 00000 n \n`);
    this.put(`xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}`);
    this.put(`trailer\n<< /Size ${size} /Root ${root} 0 R /Info ${info} 0 R >>\n`);
    this.put(`startxref\n${table}\n%%EOF\n`);
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const part of this.parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
  private put(text: string): void {
    this.take(bytesOf(text));
  }
  private take(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.length += bytes.length;
  }
}
