/**
 * Writes down outside the database where every audit trail ends, so that one that is rewritten
 * later, in the database and with all its hashes, does not go unnoticed.
 *
 * Each anchor is a file `audit-anchors/<time>-<number>.jsonl` in the data folder, a line an account in the
 * order of their ids: `{ "userId", "seq", "hash" }`; and then a line in `audit-anchors.jsonl`:
 *
 *     { "atMs", "file", "accounts", "digest", "previous" }
 *
 * `digest` is the SHA-256 of the file; `previous` that of the line before, without its line
 * feed, or 64 zeros: a line that is kept elsewhere vouches for all before it.
 */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asc, gt } from 'drizzle-orm';
import { z } from 'zod';
import { fail, ok, type Result } from '#core/result.ts';
import { readIfPresent, syncFolder, writeDurably } from '../data/durable-file.ts';
import { lockFile } from '../data/folder-lock.ts';
import type { Queries } from '../database/queries.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { auditHeads } from '../schema/audit.ts';
import type { AnchoredEntry } from './chain-verification.ts';
import { firstHash } from './chain.ts';

const anchorShape = z.strictObject({
  atMs: z.int(),
  file: z.string().regex(/^audit-anchors\/[0-9TZ.-]+\.jsonl$/),
  accounts: z.int(),
  digest: z.string(),
  previous: z.string(),
});
const headShape = z.strictObject({ userId: z.string(), seq: z.int(), hash: z.string() });

export type Anchor = z.infer<typeof anchorShape>;

const pageRows = 1_000;
const listName = 'audit-anchors.jsonl';

/** The anchor as it was written; refuses while another is being made, or over damaged ones. */
export async function anchorHeads(options: {
  readonly database: Queries;
  readonly dataFolder: string;
  readonly nowMs: number;
}): Promise<Result<Anchor, Refusal>> {
  const { database, dataFolder, nowMs } = options;
  const lock = lockFile(join(dataFolder, 'audit-anchors.lock'));
  if (!lock) return refuse('Another anchor of the audit trail is being made.');
  try {
    const list = join(dataFolder, listName);
    const written = (await readIfPresent(list)) ?? '';
    const before = readLines(written);
    if (!before.ok) return refuse(`The anchors in ${list} are damaged: ${before.error}`);
    const time = new Date(nowMs).toISOString().replaceAll(':', '-');
    const file = `audit-anchors/${time}-${before.value.length + 1}.jsonl`;
    const heads = await headLines(database);
    await mkdir(join(dataFolder, 'audit-anchors'), { recursive: true, mode: 0o700 });
    await syncFolder(dataFolder);
    const text = heads.map((line) => `${line}\n`).join('');
    // The heads first: a file that no line names is of no account.
    await writeDurably(join(dataFolder, file), text);
    const previous = before.value.at(-1)?.hash ?? firstHash;
    const anchor = { atMs: nowMs, file, accounts: heads.length, digest: sha256(text), previous };
    await writeDurably(list, `${written}${JSON.stringify(anchor)}\n`);
    return ok(anchor);
  } finally {
    lock.release();
  }
}

export interface Anchors {
  readonly count: number;
  /** Every end that was ever written down, by account. */
  readonly byUser: ReadonlyMap<string, readonly AnchoredEntry[]>;
}

/** What was anchored, or in a sentence why the anchors themselves cannot be believed. */
export async function readAnchors(dataFolder: string): Promise<Result<Anchors, string>> {
  const lines = readLines((await readIfPresent(join(dataFolder, listName))) ?? '');
  if (!lines.ok) return lines;
  const byUser = new Map<string, AnchoredEntry[]>();
  for (const { anchor } of lines.value) {
    const text = await readIfPresent(join(dataFolder, anchor.file));
    if (text === null) return fail(`The file ${anchor.file} is missing.`);
    if (sha256(text) !== anchor.digest) return fail(`The file ${anchor.file} was changed.`);
    for (const line of text.split('\n').filter(Boolean)) {
      const head = headShape.safeParse(parseJson(line));
      if (!head.success) return fail(`The file ${anchor.file} is damaged.`);
      keepHead(byUser, head.data);
    }
  }
  return ok({ count: lines.value.length, byUser });
}

function keepHead(
  byUser: Map<string, AnchoredEntry[]>,
  { userId, seq, hash }: z.infer<typeof headShape>,
): void {
  const known = byUser.get(userId);
  // Most accounts end where they ended the day before.
  if (known?.at(-1)?.hash === hash) return;
  if (known) known.push({ seq, hash });
  else byUser.set(userId, [{ seq, hash }]);
}

interface AnchorLine {
  readonly anchor: Anchor;
  readonly hash: string;
}

function readLines(text: string): Result<readonly AnchorLine[], string> {
  const lines: AnchorLine[] = [];
  for (const [at, line] of text.split('\n').slice(0, -1).entries()) {
    const anchor = anchorShape.safeParse(parseJson(line));
    if (!anchor.success) return fail(`Line ${at + 1} of ${listName} is not an anchor.`);
    if (anchor.data.previous !== (lines.at(-1)?.hash ?? firstHash)) {
      return fail(`Line ${at + 1} of ${listName} does not follow from the line before.`);
    }
    lines.push({ anchor: anchor.data, hash: sha256(line) });
  }
  return text === '' || text.endsWith('\n') ? ok(lines) : fail(`${listName} ends within a line.`);
}

async function headLines(database: Queries): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let after: string | null = null; ;) {
    const page: readonly (typeof auditHeads.$inferSelect)[] = await database
      .select()
      .from(auditHeads)
      .where(after === null ? undefined : gt(auditHeads.userId, after))
      .orderBy(asc(auditHeads.userId))
      .limit(pageRows);
    for (const { userId, seq, hash } of page) lines.push(JSON.stringify({ userId, seq, hash }));
    if (page.length < pageRows) return lines;
    after = page.at(-1)!.userId;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
