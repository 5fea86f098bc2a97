/** `npm run audit`: whether the audit trails are whole, and an anchor for them. Wiring alone. */
import { fail, ok, type Result } from '#core/result.ts';
import {
  endCommand,
  readArguments,
  settingsHere,
  type CommandAnswer,
} from '../ops/command-line.ts';
import { connectBesideServer } from '../database/running-database.ts';
import { anchorHeads } from './anchor.ts';
import { verifyAll, type AuditVerdict } from './verify-all.ts';

const usage = `Usage: npm run audit -- verify|anchor [options]

  verify      every audit trail, against its own hashes and against the anchors
  anchor      writes down now where every trail ends; the server does so daily
  --user ID   verify this account alone
  --json      the answer as JSON

Exit code 0: whole; 1: broken; 2: it could not be looked at.`;

const options = { json: { type: 'boolean' }, user: { type: 'string' } } as const;

async function answer(args: readonly string[]): Promise<Result<CommandAnswer, string>> {
  const parsed = readArguments(args, ['verify', 'anchor'], options);
  if (!parsed.ok) return fail(`${parsed.error}\n\n${usage}`);
  const { action, values } = parsed.value;
  const userId = values.user ?? null;
  if (userId !== null && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(userId)) {
    return fail('--user needs the id of an account.');
  }
  const settings = settingsHere();
  if (!settings.ok) return settings;
  const connection = await connectBesideServer(settings.value, 'audit');
  if (!connection.ok) return fail(connection.error.sentence);
  const here = {
    database: connection.value.database,
    dataFolder: settings.value.dataFolder,
    json: values.json === true,
  };
  try {
    return await (action === 'verify' ? verify({ ...here, userId }) : anchor(here));
  } finally {
    await connection.value.close();
  }
}

type Here = Omit<Parameters<typeof verifyAll>[0], 'userId'> & { readonly json: boolean };

async function verify(
  here: Here & { readonly userId: string | null },
): Promise<Result<CommandAnswer, string>> {
  const verdict = await verifyAll(here);
  const isGood = verdict.broken.length === 0 && verdict.anchorProblem === null;
  return ok({ text: here.json ? JSON.stringify(verdict) : describe(verdict), isGood });
}

function describe({ accounts, entries, anchors, broken, anchorProblem }: AuditVerdict): string {
  const lines = broken.map(
    ({ userId, brokenAtSeq }) => `${userId}: broken at entry ${brokenAtSeq}`,
  );
  if (anchorProblem !== null) lines.push(`The anchors cannot be believed. ${anchorProblem}`);
  if (lines.length === 0) lines.push('All audit trails are whole.');
  return [...lines, `Accounts: ${accounts}, entries: ${entries}, anchors: ${anchors}.`].join('\n');
}

async function anchor(here: Here): Promise<Result<CommandAnswer, string>> {
  const made = await anchorHeads({ ...here, nowMs: Date.now() });
  if (!made.ok) return fail(made.error.sentence);
  const { accounts, digest, file } = made.value;
  const text = here.json
    ? JSON.stringify(made.value)
    : `Trails anchored: ${accounts}, in ${file}\n${digest}`;
  return ok({ text, isGood: true });
}

await endCommand(answer(process.argv.slice(2)));
