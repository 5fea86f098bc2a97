/** Accounts in any state, written by the server's own modules, where calls would take too long. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { KeyEnvelope } from '../../core/sync/key-envelope.ts';
import type { Intent } from '../../core/broker/intent.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import type { Role } from '../../core/identity/roles.ts';
import type { TokenScope } from '../../core/identity/token-scopes.ts';
import { createAuditTrail } from '../../sync/audit/audit-trail.ts';
import { createApiToken } from '../../sync/auth/api-tokens.ts';
import { claimEmail } from '../../sync/auth/directory.ts';
import { makeLink, type LinkKind } from '../../sync/auth/mail-links.ts';
import { createPasswords } from '../../sync/auth/passwords.ts';
import { createSession } from '../../sync/auth/sessions.ts';
import type { SignInMethod } from '../../sync/auth/sign-in-method.ts';
import { makeToken, sha256 } from '../../sync/auth/token.ts';
import { connect } from '../../sync/database/connection.ts';
import { ownRows, type TenantTable } from '../../sync/database/own-rows.ts';
import { intentOf } from '../../sync/orders/drafts.ts';
import { sealContent } from '../../sync/mail/compose.ts';
import { mails } from '../../sync/schema/mails.ts';
import { accountBars, paperHours } from '../../sync/schema/market.ts';
import { passkeys, recoveryCodes, totpFactors } from '../../sync/schema/second-factors.ts';
import { passkeyChallenges } from '../../sync/schema/second-factors.ts';
import {
  chunks,
  encryptionKeys,
  fragments,
  replicaHeads,
  replicas,
  replicaTokens,
} from '../../sync/schema/replication.ts';
import {
  brokerItems,
  deals,
  equitySnapshots,
  intentEvents,
  orderIntents,
  paperBooks,
  terminalLog,
  tradeRequests,
  tradingAccounts,
} from '../../sync/schema/trading.ts';
import { botBars, botEvents, botOrders, bots } from '../../sync/schema/bots.ts';
import { madeSetup, madeTerms } from '../automation/made-bot.ts';
import { signInSteps } from '../../sync/schema/sessions.ts';
import { users, userSettings } from '../../sync/schema/users.ts';
import { createSecretStore } from '../../sync/secrets/secret-store.ts';
import { openKeyRing } from '../../sync/vault/key-ring.ts';
import { placeOf } from '../../sync/vault/sealed-columns.ts';
import { createVault } from '../../sync/vault/vault.ts';
import { addAlert, addPushDevice } from '../alerts/made-alerts.ts';
import { authenticator, type Authenticator } from './authenticator.ts';
import { freshEmail, password, type Installation } from './installation.ts';
import { visitor, type Visitor } from './visitor.ts';

const minuteMs = 60_000;

export interface Proof {
  readonly method?: SignInMethod;
  /** How long ago the person proved who they are. */
  readonly provedMinutesAgo?: number;
  readonly headers?: Record<string, string>;
}

export interface Person {
  readonly userId: string;
  readonly email: string;
  /** Signed in on another device, by default a moment ago with a code of an app. */
  signedIn(proof?: Proof): Promise<Visitor & { readonly sessionId: string }>;
  apiToken(
    scopes: readonly TokenScope[],
    days?: number,
  ): Promise<{ token: string; tokenId: string }>;
  /** The token of a link in a mail. */
  link(kind: LinkKind, detail?: string): Promise<string>;
  /** What the password leaves before the second factor. */
  step(): Promise<string>;
  recoveryCode(): Promise<string>;
  /** A registered key, in software. */
  passkey(): Promise<Authenticator>;
  secret(name?: string): Promise<string>;
  mail(): Promise<string>;
  /** A device that has been registered and has seen nothing yet. */
  replica(): Promise<{
    readonly node: string;
    readonly nonce: string;
    readonly epoch: number;
    readonly witness: { readonly seq: number; readonly token: string };
  }>;
  /** A paired trading account, with its connector's token. */
  tradingAccount(
    change?: Partial<typeof tradingAccounts.$inferInsert>,
  ): Promise<{ readonly accountId: string; readonly token: string }>;
  /** A bot that runs, with all that one leaves; its account has no terminal. */
  bot(): Promise<string>;
  /** An alert that has been told once; its account has no terminal. */
  alert(): Promise<{ readonly alertId: string; readonly accountId: string }>;
  /** A browser that is told by its push service. */
  pushDevice(): Promise<string>;
  /** An order that asks a person what became of it. */
  doubtfulOrder(): Promise<string>;
  /** Makes the account an encrypted one; its epoch. */
  encrypted(envelope: KeyEnvelope): Promise<number>;
  /** A row in every table that has rows of accounts. */
  everywhere(): Promise<void>;
}

export interface People {
  person(wish?: { readonly role?: Role; readonly verified?: boolean }): Promise<Person>;
  close(): Promise<void>;
}

export async function openPeople(at: Installation): Promise<People> {
  const ring = await openKeyRing({
    file: join(at.folder, 'data', 'vault-keys.json'),
    given: null,
    absent: 'refuse',
    nowMs: Date.now(),
  });
  if (!ring.ok) throw new Error(ring.error.sentence);
  const vault = createVault(ring.value);
  const audit = createAuditTrail({ vault });
  const secrets = createSecretStore({ vault });
  const passwordHash = await createPasswords().hash(password);
  if (!passwordHash.ok) throw new Error(passwordHash.error.detail);
  const { database, close } = connect(at.databaseUrl, { name: 'test', most: 4 });

  async function person(wish: { role?: Role; verified?: boolean } = {}): Promise<Person> {
    const { role = 'trader', verified = true } = wish;
    const userId = randomUUID();
    const email = freshEmail('person');
    const nowMs = Date.now() - minuteMs;
    const row = {
      email,
      role,
      passwordHash: (passwordHash as { value: string }).value,
      passwordChangedMs: nowMs,
      createdMs: nowMs,
      emailVerifiedMs: verified ? nowMs : null,
      displayName: `Name of ${userId}`,
    };
    await database.transaction(async (queries) => {
      await claimEmail(queries, email, userId);
      await ownRows(queries, userId).add(users, row);
      await audit.open(queries, userId);
      const actor = userId;
      await audit.append(queries, {
        userId,
        action: 'account.created',
        actor,
        atMs: nowMs,
        detail: {},
      });
    });
    const rows = ownRows(database, userId);
    const add = <T extends TenantTable>(table: T, values: Omit<T['$inferInsert'], 'userId'>) =>
      rows.add(table, values);
    const userHandle = Buffer.from(userId).toString('base64url');
    const made: Person = {
      userId,
      email,
      async signedIn({ method = 'totp', provedMinutesAgo = 0, headers } = {}) {
        const nobody = () => Promise.resolve(null);
        const device = { address: '127.0.0.1', userAgent: `device of ${userId}` };
        const wanted = { userId, method, visitor: device, nowMs: Date.now() };
        const token = await createSession(database, nobody, wanted);
        const [session] = await at.sql<{ session_id: string }[]>`
          update sessions set proved_ms = proved_ms - ${provedMinutesAgo * minuteMs}
          where user_id = ${userId} and token_hash = ${token.hash} returning session_id`;
        const cookies = new Map([['offing', token.text]]);
        const who = visitor(at.address, headers ? { headers, cookies } : { cookies });
        return { ...who, sessionId: session!.session_id };
      },
      async apiToken(scopes, days = 30) {
        const named = { userId, name: randomUUID(), scopes, days, nowMs: Date.now() };
        const token = await createApiToken(database, named);
        if (!token.ok) throw new Error(token.error.detail);
        return token.value;
      },
      link: (kind, detail) =>
        makeLink(database, vault, {
          ...{ userId, kind, nowMs: Date.now() },
          ...(detail === undefined ? {} : { detail }),
        }),
      async step() {
        const step = makeToken(userId);
        await add(signInSteps, { tokenHash: step.hash, expiresMs: Date.now() + minuteMs });
        return step.text;
      },
      async recoveryCode() {
        const code = randomUUID().replaceAll('-', '').toUpperCase().slice(0, 24);
        await add(recoveryCodes, { codeHash: sha256(code), createdMs: nowMs });
        return code;
      },
      async passkey() {
        const key = authenticator();
        const publicKey = await publicKeyOf(key, at.address);
        const fixed = { publicKey, signCount: 0, transports: [], isBackedUp: false };
        const { credentialId } = key;
        await add(passkeys, { ...fixed, credentialId, name: randomUUID(), createdMs: nowMs });
        return {
          ...key,
          get: (options, circumstances) => key.get(options, { userHandle, ...circumstances }),
        };
      },
      async secret(name = randomUUID()) {
        const secret = { kind: 'broker' as const, name, value: 'kept', nowMs: Date.now() };
        const put = await database.transaction((queries) => secrets.put(queries, userId, secret));
        if (!put.ok) throw new Error(put.error.detail);
        return put.value.secretId;
      },
      async replica() {
        const [node, nonce] = [randomUUID().slice(0, 6), randomUUID()];
        const fixed = { name: 'Device', sessionId: randomUUID(), createdMs: 1 };
        await add(replicas, { node, nonce, ...fixed, lastSeenMs: Date.now() });
        return { node, nonce, epoch: 1, witness: { seq: 0, token: '' } };
      },
      async mail() {
        const mailId = randomUUID();
        const content = { to: email, data: {} };
        const sealedContent = sealContent(vault, { userId, mailId }, content);
        const sent = {
          template: 'welcome',
          state: 'sent' as const,
          createdMs: nowMs,
          sentMs: nowMs,
        };
        await add(mails, { ...sent, mailId, sealedContent, requestId: 'test' });
        return mailId;
      },
      async tradingAccount(change = {}) {
        const [accountId, token] = [randomUUID(), randomBytes(16).toString('hex')];
        const place = placeOf('tradingToken', { userId, row: accountId });
        await add(tradingAccounts, {
          ...{ accountId, name: `Account of ${userId}`, kind: 'mt5', state: 'paired' },
          ...{ sealedToken: vault.seal(token, place), limits: usualLimits, settings: {} },
          ...{ instruments: [], createdMs: nowMs, ...change },
        });
        return { accountId, token };
      },
      async bot() {
        return addBot(userId, (await made.tradingAccount()).accountId);
      },
      async alert() {
        const { accountId } = await made.tradingAccount();
        return { alertId: await addAlert(database, userId, accountId), accountId };
      },
      pushDevice: () => addPushDevice(database, vault, userId),
      async doubtfulOrder() {
        const { accountId } = await made.tradingAccount();
        return addIntent(userId, accountId, 'manual');
      },
      async encrypted(envelope) {
        const [epoch, createdMs] = [2, 1];
        const head = { epoch, encrypted: true };
        await database
          .insert(replicaHeads)
          .values({ userId, ...head })
          .onConflictDoUpdate({ target: replicaHeads.userId, set: head });
        const key = { epoch, envelope, createdMs };
        await database
          .insert(encryptionKeys)
          .values({ userId, ...key })
          .onConflictDoUpdate({ target: encryptionKeys.userId, set: key });
        return epoch;
      },
      async everywhere() {
        await made.signedIn();
        await made.apiToken(['profile:read']);
        await made.link('change-email', freshEmail());
        await Promise.all([made.step(), made.recoveryCode(), made.passkey(), made.secret()]);
        await made.mail();
        const sealedSecret = vault.seal('JBSWY3DPEHPK3PXP', placeOf('totpSecret', { userId }));
        await add(totpFactors, { sealedSecret, createdMs: nowMs });
        await add(userSettings, { key: 'preferences', value: { theme: userId }, changedMs: 1 });
        const challenge = { challenge: randomUUID(), purpose: 'register' as const };
        const expiresMs = Date.now() + 10 * minuteMs;
        await replicated(userId);
        await made.alert();
        await made.pushDevice();
        await traded(userId, (await made.tradingAccount()).accountId);
        await add(passkeyChallenges as unknown as TenantTable, { ...challenge, expiresMs });
      },
    };
    return made;
  }

  async function addIntent(
    userId: string,
    accountId: string,
    state: 'manual' | 'filled',
  ): Promise<string> {
    const requestId = randomUUID();
    const body = { t: 'cancel', order: '7' } as const;
    const intent = intentOf(
      { part: null, body, state: 'created' },
      { accountId, requestId, origin: 'trader', nowMs: 1 },
    );
    const intentId = intent.id;
    const facts = factsOf(intent);
    await ownRows(database, userId).add(orderIntents, {
      ...{ intentId, accountId, requestId, state, isOpen: state === 'manual', body, facts },
      ...{ magics: [intent.magic], createdMs: 1, updatedMs: 1 },
    });
    return intentId;
  }

  async function addBot(userId: string, accountId: string): Promise<string> {
    const rows = ownRows(database, userId);
    const botId = randomUUID();
    await rows.add(bots, {
      ...{ botId, accountId, name: `Bot of ${userId}`, state: 'running' },
      ...{ setup: madeSetup(accountId), terms: madeTerms, firstBarMs: 1 },
      ...{ createdMs: 1, changedMs: 1 },
    });
    const prices = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
    await rows.add(botBars, { botId, openMs: 1, ...prices, source: 'seen' });
    await rows.add(botOrders, {
      ...{ botId, requestId: randomUUID(), barMs: 1, n: 0, state: 'refused' },
      ...{ asks: [], intentIds: [], reason: `of ${userId}`, atMs: 1 },
    });
    const event = { level: 'info', name: 'started', detail: { for: userId } } as const;
    await rows.add(botEvents, { botId, atMs: 1, ...event });
    return botId;
  }

  /** An order that was executed, and all that it left. */
  async function traded(userId: string, accountId: string): Promise<void> {
    const rows = ownRows(database, userId);
    const intentId = await addIntent(userId, accountId, 'filled');
    await addBot(userId, accountId);
    await rows.add(tradeRequests, {
      ...{ requestId: intentId, accountId, bodyHash: '0', intentIds: [intentId], createdMs: 1 },
    });
    await rows.add(intentEvents, { intentId, atMs: 1, name: 'filled', detail: { for: userId } });
    const facts = { symbol: `of ${userId}` };
    await rows.add(brokerItems, { accountId, kind: 'position', itemId: '7', facts });
    await rows.add(deals, {
      ...{ accountId, deal: '7', order: '7', position: '7', symbol: 'EURUSD', kind: 'buy' },
      ...{ entry: 'in', volumeLots: 1, price: 1, commission: 0, swap: 0, profit: 0 },
      ...{ magic: '1', comment: userId, reason: 'program', serverMs: 1 },
    });
    const prices = { open: 1, high: 1, low: 1, close: 1, digits: 5, heardMs: 1 };
    const symbol = `of ${userId}`;
    const expiresMs = Date.now() + 3_600_000;
    await rows.add(accountBars, {
      ...{ accountId, symbol, timeframe: 'M1', openMs: 1, expiresMs, ...prices },
    });
    await rows.add(paperHours, { accountId, symbol, hourMs: 0, minutes: [] });
    await rows.add(equitySnapshots, { accountId, atMs: 1, balance: 1, equity: 1 });
    await rows.add(terminalLog, {
      ...{ accountId, atMs: 1, level: 'info', name: 'connected', detail: { login: userId } },
    });
    await rows.add(paperBooks as unknown as TenantTable, { accountId, book: {}, journal: [] });
  }

  /** What a device has pushed, and one chunk. */
  async function replicated(userId: string): Promise<void> {
    const rows = ownRows(database, userId);
    const [token, hlc] = [randomUUID(), '0m0000000000000aaaaaa'.slice(0, 19)];
    await rows.add(replicaHeads, { seq: 1, token, bytes: 100 });
    await rows.add(replicaTokens, { seq: 1, token, mintedMs: 1 });
    await rows.add(replicas, {
      ...{ node: 'aaaaaa', name: `device of ${userId}`, sessionId: randomUUID(), nonce: token },
      ...{ createdMs: 1, lastSeenMs: Date.now() },
    });
    await rows.add(fragments, {
      ...{ collection: 'settings', row: 'theme', hlc, part: 0, seq: 1, schemaVersion: 1 },
      ...{ live: ['value'], cells: JSON.stringify({ value: userId }), bytes: 90 },
    });
    await rows.add(chunks, { hash: '0'.repeat(64), bytes: new Uint8Array(10), storedMs: 1 });
    await rows.add(encryptionKeys, { epoch: 1, envelope: { sealed: token }, createdMs: 1 });
  }
  return { person, close };
}

function factsOf({ id, accountId, requestId, state, body, ...facts }: Intent) {
  return facts;
}

/** COSE, base64url, as the server reads it from what the key answers. */
async function publicKeyOf(key: Authenticator, origin: string): Promise<string> {
  const expectedRPID = new URL(origin).hostname;
  const asked = { rpName: 'Offing', rpID: expectedRPID, userName: 'test' };
  const options = await generateRegistrationOptions(asked);
  const checked = await verifyRegistrationResponse({
    response: key.create(options, { origin }),
    expectedChallenge: options.challenge,
    expectedOrigin: origin,
    expectedRPID,
  });
  if (!checked.verified) throw new Error('The key in software was not understood.');
  return Buffer.from(checked.registrationInfo.credential.publicKey).toString('base64url');
}
