/** The words of a PDF that Offing made: every object where the table says, pages unpacked, texts in order. */
import { unzlibSync } from 'fflate';

const latin = (bytes: Uint8Array) =>
  Array.from(bytes, (code) => String.fromCharCode(code)).join('');
const windows = new TextDecoder('windows-1252');

/** The texts of each page; throws where the file is not as a reader needs it. */
export function pdfText(bytes: Uint8Array): readonly (readonly string[])[] {
  const text = latin(bytes);
  if (!text.startsWith('%PDF-1.4') || !text.endsWith('%%EOF\n')) throw new Error('no PDF');
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const [, size = '0', rows = ''] = /^xref\n0 (\d+)\n([^t]*)trailer/.exec(text.slice(table)) ?? [];
  const begins = rows
    .trim()
    .split(' \n')
    .map((row) => Number(row.slice(0, 10)));
  if (begins.length !== Number(size)) throw new Error('the table has another length than it says');
  const objects = begins.slice(1).map((begin, at) => {
    if (!text.startsWith(`${at + 1} 0 obj\n`, begin)) throw new Error(`no object ${at + 1} there`);
    return { begin, head: text.slice(begin, text.indexOf('\n', begin + 12) + 200) };
  });
  const kids = /\/Kids \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => {
    const page = objects[Number(id) - 1]!;
    const content = Number(/\/Contents (\d+) 0 R/.exec(page.head)?.[1]);
    const { begin, head } = objects[content - 1]!;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const from = text.indexOf('stream\n', begin) + 'stream\n'.length;
    if (!text.startsWith('\nendstream', from + length)) throw new Error('a wrong length');
    const drawn = latin(unzlibSync(bytes.subarray(from, from + length)));
    return [...drawn.matchAll(/<([0-9a-f]*)> Tj/g)].map(([, codes]) => lettersOf(codes!));
  });
}

function lettersOf(hex: string): string {
  const codes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return windows.decode(codes).replaceAll('\u0001', '\u2212');
}
