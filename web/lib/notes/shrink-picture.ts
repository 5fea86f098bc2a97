/**
 * A picture as a note keeps it: no wider or higher than a screen has use for, packed, and without
 * what a camera writes beside it.
 */
import type { Picture } from '#core/collections/picture.ts';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { say } from '../words/language.ts';

export interface ShrunkPicture extends Pick<Picture, 'name' | 'type' | 'width' | 'height'> {
  readonly content: Uint8Array<ArrayBuffer>;
}

const mostFileBytes = 50_000_000;
const mostPixels = 2_048;
/** Sharp enough for small figures on a chart. */
const quality = 0.9;

/** Error: `note.picture-unreadable` for what is no picture, or larger than one may be. */
export async function shrinkPicture(
  file: Blob,
  name: string,
): Promise<Result<ShrunkPicture, Failure>> {
  if (file.size > mostFileBytes) return fail(unreadable);
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) return fail(unreadable);
  const scale = Math.min(1, mostPixels / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((length) =>
    Math.max(1, Math.round(length * scale)),
  ) as [number, number];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const packed = context && (await packedOf(canvas));
  if (!packed) return fail(unreadable);
  const content = new Uint8Array(await packed.blob.arrayBuffer());
  return ok({ name: name.slice(0, 200), type: packed.type, width, height, content });
}

/** A browser that cannot write one kind answers with a PNG: then the next kind is tried. */
async function packedOf(canvas: OffscreenCanvas) {
  for (const type of ['image/webp', 'image/jpeg', 'image/png'] as const) {
    const blob = await canvas.convertToBlob({ type, quality }).catch(() => null);
    if (blob?.type === type) return { blob, type };
  }
  return null;
}

const unreadable: Failure = {
  code: 'note.picture-unreadable',
  detail: say`The file is no picture of at most ${mostFileBytes} bytes that this browser can read.`,
};
