/** Draws with the fonts of the device what the font of a PDF has no letters for. */
import type { PdfLook, PdfPen, PdfStencil } from '#core/pdf/pdf-lettering.ts';

/** 720 to the inch: as fine as an office printer prints. */
const dotsPerPt = 10;
/** Letters may reach beyond where they say that they do. */
const edgeDots = 4;
const inkFrom = 128;

const fontOf = ({ sizePt, font }: PdfLook): string =>
  `${font === 'bold' ? 'bold ' : ''}${sizePt * dotsPerPt}px Helvetica, Arial, sans-serif`;

/** Throws what the browser says where it draws nothing. */
export function devicePen(): PdfPen {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new DOMException('This browser draws no text.', 'NotSupportedError');
  const measured = (text: string, look: PdfLook) => {
    context.font = fontOf(look);
    return context.measureText(text);
  };
  return {
    widthOf: (text, look) => measured(text, look).width / dotsPerPt,
    draw(text, look): PdfStencil {
      const size = measured(text, look);
      const ascentDots = Math.ceil(size.actualBoundingBoxAscent) + edgeDots;
      const leftDots = Math.ceil(Math.max(0, size.actualBoundingBoxLeft)) + edgeDots;
      const right = Math.ceil(Math.max(size.width, size.actualBoundingBoxRight)) + edgeDots;
      canvas.width = leftDots + right;
      canvas.height = ascentDots + Math.ceil(size.actualBoundingBoxDescent) + edgeDots;
      // A canvas of another size has forgotten it.
      context.font = fontOf(look);
      context.fillText(text, leftDots, ascentDots);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      const shape = { widthDots: width, heightDots: height, leftDots, ascentDots, dotsPerPt };
      return { text, bits: inked(data, width, height), ...shape };
    },
  };
}

/** A bit a dot, from the four bytes of each. */
function inked(data: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInk = data[4 * (y * width + x) + 3]! >= inkFrom;
      if (isInk) bits[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return bits;
}
