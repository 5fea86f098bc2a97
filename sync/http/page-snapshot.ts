/** A private, compressed copy of the built pages, so that a new build does not change a running server. */
import { cp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ok, type Result } from '#core/result.ts';
import { refuse, type Refusal } from '../refusal.ts';

export interface PageSnapshot {
  readonly folder: string;
  /** The text of every HTML page. */
  readonly pages: readonly string[];
}

const compressible = /\.(html|js|mjs|css|json|svg|txt|xml|webmanifest|wasm|csv)$/;
const worthwhileBytes = 1_024;

/**
 * Copies `built` over `folder` and writes `.br` and `.gz` beside what gains by it.
 *
 * Refuses a build that is absent or was cut short: the shell is the last thing it writes.
 */
export async function snapshotPages(
  built: string,
  folder: string,
): Promise<Result<PageSnapshot, Refusal>> {
  const shell = await stat(join(built, '404.html')).catch(() => null);
  if (!shell?.isFile()) {
    return refuse(
      `The pages are not built: ${join(built, '404.html')} is missing. Run: npm run build`,
    );
  }
  await rm(folder, { recursive: true, force: true });
  await cp(built, folder, { recursive: true, preserveTimestamps: true });
  const files = await filesUnder(folder);
  await compressAll(files);
  const html = files.filter((file) => file.endsWith('.html')).sort();
  return ok({ folder, pages: await Promise.all(html.map((file) => readFile(file, 'utf8'))) });
}

async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** A few at a time: the compressors have a thread each, and the memory of all files is not needed. */
async function compressAll(files: readonly string[]): Promise<void> {
  const present = new Set(files);
  const waiting = files.filter((file) => compressible.test(file) && !present.has(`${file}.br`));
  const work = async () => {
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) await compress(file);
  };
  await Promise.all([work(), work(), work(), work()]);
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < worthwhileBytes) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  const { mtime } = await stat(file);
  await writeDated(`${file}.br`, await promisify(brotliCompress)(bytes, { params }), mtime);
  await writeDated(`${file}.gz`, await promisify(gzip)(bytes), mtime);
}

/** The source's date, so that a browser's copy stays good over a restart. */
async function writeDated(file: string, bytes: Buffer, date: Date): Promise<void> {
  await writeFile(file, bytes);
  await utimes(file, date, date);
}
