/** What began, was steered or ended is found where no word of it arrived, and nothing else. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changedAccounts, steeringOf } from '../../sync/automation/changed-bots.ts';
import { busyBots } from '../../sync/automation/bot-rows.ts';
import { bots } from '../../sync/schema/bots.ts';
import { storedAccount } from '../orders/stored-world.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { madeSetup, madeTerms } from './made-bot.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

async function begun() {
  const { userId, accountId } = await storedAccount(database);
  const botId = randomUUID();
  await database.app.insert(bots).values({
    ...{ userId, botId, accountId, name: 'Bot', state: 'running', terms: madeTerms },
    ...{ setup: madeSetup(accountId), firstBarMs: 0, createdMs: 1, changedMs: 1 },
  });
  return { userId, accountId, botId };
}

test('what a trader changed is found until it was looked at, and of others nothing', async () => {
  const [one, other] = [await begun(), await begun()];
  const known = new Map<string, string>();
  const look = async () => {
    for (const { userId, accountId } of [one, other]) {
      known.set(accountId, steeringOf(await busyBots(database.app, { userId, accountId })));
    }
  };
  await look();
  expect(await changedAccounts(database.app, known)).toEqual([]);
  const changes = [
    { state: 'paused' as const, changedMs: 2 },
    { setup: madeSetup(one.accountId), changedMs: 3 },
    { state: 'killed' as const, isEnding: true, changedMs: 4 },
    { isEnding: false },
  ];
  for (const change of changes) {
    await database.app.update(bots).set(change).where(eq(bots.botId, one.botId));
    expect(await changedAccounts(database.app, known)).toEqual([one.accountId]);
    await look();
    expect(await changedAccounts(database.app, known)).toEqual([]);
  }
});

test('a server that holds no terminal is told of none', async () => {
  await begun();
  expect(await changedAccounts(database.app, new Map())).toEqual([]);
});
