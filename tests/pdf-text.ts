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
  const streamOf = (id: number): Uint8Array => {
    const { begin, head } = objects[id - 1]!;
    const length = Number(/\/Length (\d+)/.exec(head)?.[1]);
    const from = text.indexOf('stream\n', begin) + 'stream\n'.length;
    if (!text.startsWith('\nendstream', from + length)) throw new Error('a wrong length');
    return unzlibSync(bytes.subarray(from, from + length));
  };
  /** A drawn text has a bit for each of its dots. */
  const checkStencil = (page: string, name: string): void => {
    const id = Number(new RegExp(`/${name} (\\d+) 0 R`).exec(page)?.[1]);
    const [, width, height] =
      /\/ImageMask true \/Width (\d+) \/Height (\d+)/.exec(objects[id - 1]?.head ?? '') ?? [];
    const expected = Math.ceil(Number(width) / 8) * Number(height);
    if (streamOf(id).length !== expected) throw new Error('a drawn text of another size');
  };
  const kids = /\/Kids \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => {
    const { head } = objects[Number(id) - 1]!;
    const drawn = latin(streamOf(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1])));
    for (const [, name] of drawn.matchAll(/\/(S\d+) Do/g)) checkStencil(head, name!);
    const said = drawn.matchAll(/<([0-9a-f]*)> Tj|\/ActualText <feff([0-9a-f]*)>/g);
    return [...said].map(([, codes, units]) =>
      units === undefined ? lettersOf(codes!) : unitsOf(units),
    );
  });
}

function unitsOf(hex: string): string {
  return String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));
}

function lettersOf(hex: string): string {
  const codes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  return windows.decode(codes).replaceAll('\u0001', '\u2212');
}
