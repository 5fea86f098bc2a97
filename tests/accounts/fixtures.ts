/** For every procedure of the router a call that works, and the call a thief would make of it. */
import { randomUUID } from 'node:crypto';
import { generate } from 'otplib';
import { usualBotLimits } from '../../core/automation/bot-limits.ts';
import { usualPaper } from '../../core/broker/paper-settings.ts';
import type { ErrorCode } from '../../core/errors.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import type { KeyEnvelope } from '../../core/sync/key-envelope.ts';
import { formatHlc } from '../../core/sync/hlc.ts';
import { alertFixtures } from '../alerts/alert-fixtures.ts';
import { startInput } from '../automation/bot-scene.ts';
import { authenticator, type Authenticator } from './authenticator.ts';
import { freshEmail, password, type Installation } from './installation.ts';
import type { Person } from './people.ts';
import type { Visitor } from './visitor.ts';

export interface Fixture {
  /** What the owner of the account sends; makes the rows that it names. Absent: nothing. */
  input?(owner: Person, at: Installation): unknown;
  /**
   * For what is shown instead of a session (a link's token, a step): what somebody who has such
   * a thing of their own account can make of it, with the owner's id in its place.
   */
  forged?(owner: Person, thief: Person, at: Installation): unknown;
  /** Refusals that say the call got through: what it is about would take a terminal. */
  readonly mayFail?: readonly ErrorCode[];
  /** Called by somebody who is signed in though anyone may. */
  readonly signedIn?: true;
}

const another = 'a-much-longer-quiet-harbour';
const none: Fixture = {};

const wrapped = { salt: 'A'.repeat(22), wrapped: 'A'.repeat(80) };
const envelope: KeyEnvelope = {
  format: 'offing.key.v1',
  keyId: 'A'.repeat(16),
  passphrase: wrapped,
  recovery: wrapped,
};

const ticket = {
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', price: null, limitPrice: null },
  ...{ sl: 1.09, tp: 1.12, deviationPoints: 10, worstPrice: null, lastsUntilMs: null },
};
const closeAll = { t: 'close-all', symbol: null, ordersToo: true };

async function named(owner: Person) {
  return { accountId: (await owner.tradingAccount()).accountId };
}

async function bot(owner: Person) {
  return { botId: await owner.bot() };
}

/** What a question is asked with. */
function withoutNonce({ nonce, ...known }: Awaited<ReturnType<Person['replica']>>) {
  return known;
}

/** The thief's own token under the owner's id. */
function underIdOf(owner: Person, token: string): string {
  return `${owner.userId}.${token.split('.')[1]}`;
}

/** What the owner's key answers when the server asks the owner. */
async function signedBy(key: Authenticator, who: Visitor, at: Installation, ask: string) {
  return { response: key.get(await who.post(ask), { origin: at.address }) };
}

export const fixtures: Readonly<Record<string, Fixture>> = {
  'account.profile': none,
  'account.updateProfile': { input: () => ({ displayName: 'Another name' }) },
  'account.settings': none,
  'account.putSettings': { input: () => ({ value: { theme: 'dark' }, changedMs: Date.now() }) },
  'account.export': none,
  'account.remove': { input: ({ email }) => ({ email }) },

  'admin.users': { input: () => ({}) },
  'admin.setRole': { input: ({ userId }) => ({ userId, role: 'support' }) },
  'admin.revokeSessions': { input: ({ userId }) => ({ userId }) },
  'admin.userAudit': { input: ({ userId }) => ({ userId }) },
  'admin.outbox': { input: () => ({}) },
  'admin.mail': { input: async (owner) => ({ userId: owner.userId, mailId: await owner.mail() }) },

  ...alertFixtures,

  'auth.me': { signedIn: true },
  'auth.options': none,
  'auth.signUp': { input: () => ({ email: freshEmail(), password }) },
  'auth.verifyEmail': {
    input: async (owner) => ({ token: await owner.link('verify-email'), password }),
    forged: async (owner, thief) => ({
      token: underIdOf(owner, await thief.link('verify-email')),
      password,
    }),
  },
  'auth.resendVerification': none,
  'auth.signIn': { input: ({ email }) => ({ email, password }) },
  'auth.secondStep': {
    input: async (owner) => ({
      step: await owner.step(),
      method: 'recovery-code',
      code: await owner.recoveryCode(),
    }),
    forged: async (owner, thief) => ({
      step: underIdOf(owner, await thief.step()),
      method: 'recovery-code',
      code: await thief.recoveryCode(),
    }),
  },
  'auth.passkeyOptions': none,
  'auth.passkeySignIn': {
    input: async (owner, at) =>
      signedBy(await owner.passkey(), at.visitor(), at, 'auth.passkeyOptions'),
    async forged(owner, thief, at) {
      const options = await at.visitor().post('auth.passkeyOptions');
      const userHandle = Buffer.from(owner.userId).toString('base64url');
      const key = await thief.passkey();
      return { response: key.get(options as never, { origin: at.address, userHandle }) };
    },
  },
  'auth.requestReset': { input: ({ email }) => ({ email }) },
  'auth.resetPassword': {
    input: async (owner) => ({ token: await owner.link('reset-password'), password: another }),
    forged: async (owner, thief) => ({
      token: underIdOf(owner, await thief.link('reset-password')),
      password: another,
    }),
  },
  'auth.confirmEmail': {
    input: async (owner) => ({ token: await owner.link('change-email', freshEmail()), password }),
    forged: async (owner, thief) => ({
      token: underIdOf(owner, await thief.link('change-email', freshEmail())),
      password,
    }),
  },
  'auth.becomeAdmin': {
    input: (_, at) => ({
      token: /first-admin\/#([\w-]{43})/.exec(at.server.output())?.[1],
      email: freshEmail('admin'),
      password,
    }),
    forged: async (owner, thief) => ({
      token: underIdOf(owner, await thief.link('reset-password')),
      email: owner.email,
      password,
    }),
  },
  'auth.signOut': { signedIn: true },

  'bots.list': none,
  'bots.one': { input: bot },
  'bots.log': { input: bot },
  'bots.drift': { input: bot },
  'bots.start': {
    input: async (owner) => startInput((await owner.tradingAccount()).accountId),
    // Its terminal was never heard.
    mayFail: ['trade.account-unready'],
  },
  'bots.pause': { input: bot },
  'bots.resume': { input: bot },
  'bots.stop': { input: async (owner) => ({ ...(await bot(owner)), closesToo: false }) },
  'bots.kill': {
    input: async (owner) => ({ ...(await bot(owner)), accountId: null, closesToo: true }),
  },
  'bots.setLimits': {
    input: async (owner) => ({
      ...(await bot(owner)),
      limits: usualBotLimits,
      protections: [{ t: 'cool-down', bars: 3 }],
    }),
  },

  'encryption.state': none,
  'encryption.enable': { input: () => ({ epoch: 1, cursor: 0, envelope }) },
  'encryption.disable': {
    input: async (owner) => ({ epoch: await owner.encrypted(envelope), cursor: null, proof: null }),
  },
  'encryption.rewrap': {
    input: async (owner) => ({ epoch: await owner.encrypted(envelope), envelope }),
  },

  'journal.deals': { input: named },

  'live.ticket': none,

  'market.bars': {
    input: async (owner) => ({
      source: await named(owner),
      ...{ symbol: 'EURUSD', timeframe: 'M1', beforeMs: null, limit: 10 },
    }),
    mayFail: ['market.offline'],
  },
  'market.quotes': {
    input: async (owner) => ({ source: await named(owner), symbols: ['EURUSD'] }),
  },
  'market.overview': none,
  'market.movers': none,
  'market.sentiment': none,
  'market.sources': none,

  'orders.open': {
    input: async (owner) => ({
      request: { id: randomUUID(), ...(await named(owner)), t: 'reverse', position: '7' },
    }),
    mayFail: ['trade.account-unready'],
  },
  'orders.change': {
    input: async (owner) => ({
      request: { id: randomUUID(), ...(await named(owner)), t: 'cancel', order: '7' },
    }),
    mayFail: ['trade.account-unready'],
  },
  'orders.close': {
    input: async (owner) => ({
      request: { id: randomUUID(), ...(await named(owner)), ...closeAll },
    }),
    mayFail: ['trade.account-unready'],
  },
  'orders.settle': {
    input: async (owner) => ({ ...(await named(owner)), requestId: randomUUID() }),
  },
  'orders.book': { input: named },
  'orders.instruments': { input: named },
  'orders.list': { input: named },
  'orders.one': { input: async (owner) => ({ intentId: await owner.doubtfulOrder() }) },
  'orders.deals': { input: named },
  'orders.equity': { input: async (owner) => ({ ...(await named(owner)), fromMs: 0 }) },
  'orders.holdings': none,
  'orders.worth': { input: () => ({ fromMs: 0 }) },
  'orders.size': {
    input: async (owner) => ({ ...(await named(owner)), ticket, riskRatio: 0.01 }),
    mayFail: ['trade.account-unready'],
  },
  'orders.resolve': {
    input: async (owner) => ({ intentId: await owner.doubtfulOrder(), as: 'not-executed' }),
  },

  'replication.register': none,
  'replication.push': {
    input: async (owner) => ({
      ...(await owner.replica()),
      ...{ pushNo: 1, unsynced: 1 },
      ops: [
        ['settings', 'theme', formatHlc({ ms: Date.now(), counter: 0 }, 'bbbbbb'), { value: 1 }],
      ],
    }),
  },
  'replication.pull': {
    input: async (owner) => ({ ...withoutNonce(await owner.replica()), cursor: 0, limit: 100 }),
  },
  'replication.bootstrap': {
    input: async (owner) => ({ node: (await owner.replica()).node, epoch: 1, from: null }),
  },
  'replication.digest': { input: async (owner) => withoutNonce(await owner.replica()) },
  'replication.bucket': {
    input: async (owner) => ({
      ...withoutNonce(await owner.replica()),
      ...{ collection: 'settings', bucket: 0 },
    }),
  },
  'replication.devices': none,
  'replication.renameDevice': {
    input: async (owner) => ({ node: (await owner.replica()).node, name: 'Renamed' }),
  },
  'replication.revokeDevice': {
    input: async (owner) => ({ node: (await owner.replica()).node }),
  },
  'replication.usage': none,

  'security.sessions': none,
  'security.revokeSession': {
    input: async (owner) => ({ sessionId: (await owner.signedIn()).sessionId }),
  },
  'security.revokeOthers': none,
  'security.changePassword': { input: () => ({ current: password, password: another }) },
  'security.stepUp': { input: () => ({ password }) },
  'security.stepUpPasskeyOptions': none,
  'security.stepUpPasskey': {
    async input(owner, at) {
      const key = await owner.passkey();
      return signedBy(key, await owner.signedIn(), at, 'security.stepUpPasskeyOptions');
    },
  },
  'security.beginTotp': none,
  'security.confirmTotp': {
    async input(owner) {
      const who = await owner.signedIn();
      const { secret } = await who.post<{ secret: string }>('security.beginTotp');
      return { code: await generate({ secret }) };
    },
  },
  'security.disableTotp': none,
  'security.renewRecoveryCodes': {
    async input(owner) {
      await owner.passkey();
    },
  },
  'security.passkeys': none,
  'security.passkeyRegisterOptions': none,
  'security.addPasskey': {
    async input(owner, at) {
      const options = await (await owner.signedIn()).post('security.passkeyRegisterOptions');
      const response = authenticator().create(options as never, { origin: at.address });
      return { response, name: 'Key' };
    },
  },
  'security.renamePasskey': {
    input: async (owner) => ({
      credentialId: (await owner.passkey()).credentialId,
      name: 'Renamed',
    }),
  },
  'security.removePasskey': {
    input: async (owner) => ({ credentialId: (await owner.passkey()).credentialId }),
  },
  'security.changeEmail': { input: () => ({ email: freshEmail() }) },
  'security.audit': { input: () => ({}) },
  'security.verifyAudit': none,
  'security.tokens': none,
  'security.createToken': {
    input: () => ({ name: 'Program', scopes: ['profile:read'], days: 30 }),
  },
  'security.revokeToken': {
    input: async (owner) => ({ tokenId: (await owner.apiToken(['profile:read'])).tokenId }),
  },
  'security.secrets': none,
  'security.putSecret': {
    input: async (owner) => {
      // The name is one that the account has already, so that the secret is replaced.
      await owner.secret('Broker');
      return { kind: 'broker', name: 'Broker', value: 'another' };
    },
  },
  'security.removeSecret': { input: async (owner) => ({ secretId: await owner.secret() }) },

  'system.about': none,

  'terminals.list': none,
  'terminals.addPaper': {
    input: () => ({
      ...{ name: 'Paper', mode: 'netting', currency: 'EUR', balance: 5_000, leverage: 30 },
      profile: 'exact',
    }),
    mayFail: ['trade.paper-off'],
  },
  'terminals.pair': { input: () => ({ name: 'Terminal' }) },
  'terminals.addExchange': {
    input: () => ({ name: 'Exchange', exchange: 'nowhere', apiKey: 'key', secret: 'secret' }),
    mayFail: ['trade.exchange-unknown'],
  },
  'terminals.rename': { input: async (owner) => ({ ...(await named(owner)), name: 'Renamed' }) },
  'terminals.revoke': { input: named },
  'terminals.setLimits': {
    input: async (owner) => ({ ...(await named(owner)), limits: usualLimits }),
  },
  'terminals.log': { input: named },
  'terminals.resume': {
    input: async (owner) => {
      const halted = { state: 'halted', haltReason: 'other-account' } as const;
      return { accountId: (await owner.tradingAccount(halted)).accountId };
    },
  },
  'terminals.setPaper': {
    input: async (owner) => {
      const paper = { kind: 'paper', settings: { paper: usualPaper } } as const;
      const { accountId } = await owner.tradingAccount(paper);
      return { accountId, prices: usualPaper.prices, speed: 2, faults: ['requote'] };
    },
  },
};
