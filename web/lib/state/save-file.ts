/** Hands a file to the trader through the browser's own download. */
import type { Failure } from '#core/errors.ts';

export function saveFile(blob: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = fileName;
  link.click();
  // The download has taken its own hold of the data by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const notMade: Failure = {
  code: 'file.not-made',
  detail: '',
};

/**
 * What a browser says when it cannot make a file: no memory, no room, not allowed, or a part of the
 * page that cannot be fetched. Anything else is a bug and is thrown on.
 */
export function fileFailure(error: unknown): Failure {
  const isOfWorld =
    error instanceof RangeError ||
    error instanceof DOMException ||
    // Each browser says in words of its own that a part of a page could not be had.
    (error instanceof TypeError && /import|fetch|module|load/i.test(error.message));
  if (!isOfWorld) throw error;
  return { code: 'file.not-made', detail: `${error.name}: ${error.message}` };
}
