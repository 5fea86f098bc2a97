/** `npm run vault`: which keys seal what, and a new key for all of it. Wiring alone. */
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok, type Result } from '#core/result.ts';
import type { Queries } from '../database/queries.ts';
import {
  endCommand,
  readArguments,
  settingsHere,
  type CommandAnswer,
} from '../ops/command-line.ts';
import { readKeyFile } from './key-file.ts';
import { openKeyRing } from './key-ring.ts';
import { rotateVault, rotationGraceMs, type RotationReport } from './rotate.ts';
import { valuesByKey } from './rewrap.ts';
import { connectBesideServer } from '../database/running-database.ts';

const usage = `Usage: npm run vault -- rotate|status [--json]

  rotate    a new master key; everything is put under it and the old key removed
  status    the master keys and how many values each has sealed
  --json    the answer as JSON`;

interface Here {
  readonly database: Queries;
  readonly file: string;
  readonly given: string | null;
  readonly json: boolean;
}

async function answer(args: readonly string[]): Promise<Result<CommandAnswer, string>> {
  const parsed = readArguments(args, ['rotate', 'status'], { json: { type: 'boolean' } });
  if (!parsed.ok) return fail(`${parsed.error}\n\n${usage}`);
  const settings = settingsHere();
  if (!settings.ok) return settings;
  const connection = await connectBesideServer(settings.value, 'vault');
  if (!connection.ok) return fail(connection.error.sentence);
  const here: Here = {
    database: connection.value.database,
    file: join(settings.value.dataFolder, 'vault-keys.json'),
    given: process.env['OFFING_VAULT_KEYS'] || null,
    json: parsed.value.values.json === true,
  };
  try {
    return await (parsed.value.action === 'rotate' ? rotate(here) : status(here));
  } finally {
    await connection.value.close();
  }
}

async function rotate(here: Here): Promise<Result<CommandAnswer, string>> {
  const report = await rotateVault({
    ...here,
    nowMs: Date.now,
    graceMs: rotationGraceMs,
    async wait(forMs) {
      const seconds = Math.ceil(forMs / 1_000);
      process.stderr.write(`Waiting ${seconds} s for what the old key sealed last …\n`);
      await wait(forMs);
    },
  });
  if (!report.ok) return fail(report.error.sentence);
  const text = here.json ? JSON.stringify(report.value) : describe(report.value, here.given);
  return ok({ text, isGood: report.value.unreadable.length === 0 });
}

function describe(report: RotationReport, given: string | null): string {
  const { rewrapped, currentKeyId, unusedKeyIds, neededKeyIds, unreadable } = report;
  const lines = [`Values put under the key ${currentKeyId}: ${rewrapped}.`];
  for (const id of unusedKeyIds) {
    lines.push(
      given === null
        ? `The key ${id} was removed.`
        : `Nothing uses the key ${id} any more; it can go from OFFING_VAULT_KEYS once every server that seals with it was restarted.`,
    );
  }
  for (const id of neededKeyIds) lines.push(`The key ${id} is still needed and was kept.`);
  for (const { table, column, userId, row } of unreadable) {
    lines.push(`Cannot be opened: ${table}.${column} of the account ${userId}, row ${row}.`);
  }
  return lines.join('\n');
}

async function status(here: Here): Promise<Result<CommandAnswer, string>> {
  const ring = await openKeyRing({ ...here, absent: 'refuse', nowMs: Date.now() });
  if (!ring.ok) return fail(ring.error.sentence);
  const file = here.given === null ? readKeyFile(here.file) : ok(null);
  if (!file.ok) return fail(file.error.sentence);
  const values = await valuesByKey(here.database);
  const ids = ring.value.ids();
  const keys = ids.map((id) => {
    const kept = file.value?.find((key) => key.id === id);
    const createdMs = kept?.createdMs ?? null;
    return { id, createdMs, retiredMs: kept?.retiredMs ?? null, values: values.get(id) ?? 0 };
  });
  const missing = [...values].filter(([id]) => !ids.includes(id));
  const missingKeys = missing.map(([id, count]) => ({ id, values: count }));
  const isGood = missing.length === 0;
  if (here.json) return ok({ text: JSON.stringify({ keys, missingKeys }), isGood });
  const lines = keys.map(({ id, createdMs, values: count }, at) => {
    const made = createdMs === null ? '' : `, made ${new Date(createdMs).toISOString()}`;
    return `${id}  ${at === 0 ? 'seals' : 'only opens'}, values: ${count}${made}`;
  });
  const lost = missingKeys.map(({ id, values: count }) => `${id}  MISSING, values: ${count}`);
  return ok({ text: [...lines, ...lost].join('\n'), isGood });
}

await endCommand(answer(process.argv.slice(2)));
