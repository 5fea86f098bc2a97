/** Passkeys: keys that a device keeps and a person unlocks, so that one is both factors. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { fail, ok, type Result } from '#core/result.ts';
import type { PersonContext, ReadyContext } from '../call-context.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { passkeyChallenges, passkeys } from '../schema/second-factors.ts';
import type { Site } from '../services.ts';
import { circumstancesOf, record, sendMail, withAccount, withOwnAccount } from './account-work.ts';
import { makeRecoveryCodes, forgetSecondFactorUnlessKept } from './recovery-codes.ts';
import { continueAlone } from './sessions.ts';
import { isTotpOn } from './totp.ts';

/** Loaded with the first passkey: its parsers of certificates are much of a start. */
const webAuthn = () => import('@simplewebauthn/server');

const challengeLifeMs = 300_000;
const mostPasskeys = 20;

const refusedKey: Failure = {
  code: 'auth.passkey-refused',
  detail: 'The passkey was not accepted.',
};
const noPasskeysHere: Failure = {
  code: 'auth.passkey-unsupported-here',
  detail: 'Passkeys are bound to a name, and this address has none.',
};

const tooMany: Failure = {
  code: 'account.too-many',
  detail: `At most ${mostPasskeys} passkeys.`,
  figures: { most: mostPasskeys },
};

type Purpose = (typeof passkeyChallenges.$inferSelect)['purpose'];

/** Whether passkeys work under the name that the page was opened under. */
export function worksUnder(site: Site, hostname: string): boolean {
  return site.passkeyHost !== null && site.passkeyHost === hostname;
}

/** What a device signs to sign in or to step up; `userId` null = whoever's key it is. */
export async function askForPasskey(
  ctx: ReadyContext,
  purpose: 'sign-in' | 'step-up',
  userId: string | null,
) {
  const { site, authDatabase } = ctx.services;
  if (!worksUnder(site, ctx.hostname)) return fail(noPasskeysHere);
  const own = userId === null ? [] : await ownRows(authDatabase, userId).read(passkeys);
  const options = await (
    await webAuthn()
  ).generateAuthenticationOptions({
    rpID: site.passkeyHost!,
    userVerification: 'required',
    timeout: challengeLifeMs,
    allowCredentials: own.map((row) => ({
      id: row.credentialId,
      transports: [...row.transports] as never,
    })),
  });
  await keepChallenge(ctx, options.challenge, purpose, userId);
  return ok(options);
}

/** Whose key signed, or `auth.passkey-refused`; the challenge is used up either way. */
export async function checkPasskey(
  ctx: ReadyContext,
  purpose: 'sign-in' | 'step-up',
  response: AuthenticationResponseJSON,
  expectedUserId: string | null,
): Promise<Result<{ readonly userId: string }, Failure>> {
  const { site, authDatabase } = ctx.services;
  if (!worksUnder(site, ctx.hostname)) return fail(noPasskeysHere);
  const userId = expectedUserId ?? userIdOf(response.response.userHandle);
  const challenge = await takeChallenge(authDatabase, response, {
    purpose,
    userId: expectedUserId,
    nowMs: ctx.nowMs,
  });
  if (!userId || !challenge) return fail(refusedKey);
  const named = eq(passkeys.credentialId, response.id);
  const method = 'passkey';
  const done = await withAccount(ctx, userId, async ({ queries, rows }) => {
    const key = await rows.one(passkeys, { where: named });
    if (!key) return fail(refusedKey);
    const checked = await (
      await webAuthn()
    )
      .verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge.challenge,
        expectedOrigin: passkeyOrigins(site),
        expectedRPID: site.passkeyHost!,
        requireUserVerification: true,
        credential: {
          id: key.credentialId,
          publicKey: Uint8Array.from(Buffer.from(key.publicKey, 'base64url')),
          counter: key.signCount,
        },
        // A malformed answer throws; whoever sends one is refused like any other.
      })
      .catch(() => null);
    if (!checked?.verified) {
      if (purpose === 'sign-in') await record(ctx, queries, userId, 'sign-in.failed', { method });
      return fail(refusedKey);
    }
    const { newCounter } = checked.authenticationInfo;
    await rows.change(passkeys, { signCount: newCounter, lastUsedMs: ctx.nowMs }, named);
    return ok({ userId });
  });
  return !done.ok && done.error.code === 'account.not-found' ? fail(refusedKey) : done;
}

/** What a device needs to make a key for this account. */
export async function askForNewPasskey(ctx: PersonContext) {
  const { site, authDatabase } = ctx.services;
  if (!worksUnder(site, ctx.hostname)) return fail(noPasskeysHere);
  const { userId, email, displayName } = ctx.signedIn.account;
  const present = await ownRows(authDatabase, userId).read(passkeys);
  if (present.length >= mostPasskeys) return fail(tooMany);
  const options = await (
    await webAuthn()
  ).generateRegistrationOptions({
    rpName: 'Offing',
    rpID: site.passkeyHost!,
    userName: email,
    userDisplayName: displayName || email,
    userID: Uint8Array.from(Buffer.from(userId)),
    timeout: challengeLifeMs,
    attestationType: 'none',
    excludeCredentials: present.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(ctx, options.challenge, 'register', userId);
  return ok(options);
}

interface AddedPasskey {
  readonly credentialId: string;
  readonly recoveryCodes: readonly string[] | null;
  /** Of this session from now on, where all others ended. */
  readonly token: string | null;
}

/** The key's id, and recovery codes where it is the account's first second factor. */
export async function addPasskey(
  ctx: PersonContext,
  response: RegistrationResponseJSON,
  name: string,
): Promise<Result<AddedPasskey, Failure>> {
  const { site, authDatabase } = ctx.services;
  const { userId } = ctx.signedIn.account;
  const challenge = await takeChallenge(authDatabase, response, {
    purpose: 'register',
    userId,
    nowMs: ctx.nowMs,
  });
  if (!challenge) return fail(refusedKey);
  const checked = await (
    await webAuthn()
  )
    .verifyRegistrationResponse({
      response,
      expectedChallenge: challenge.challenge,
      expectedOrigin: passkeyOrigins(site),
      expectedRPID: site.passkeyHost!,
      requireUserVerification: true,
    })
    .catch(() => null);
  if (!checked?.verified) return fail(refusedKey);
  const { credential, credentialBackedUp } = checked.registrationInfo;
  return withOwnAccount<AddedPasskey>(ctx, async (account) => {
    const { queries, rows, user } = account;
    const present = await rows.read(passkeys);
    if (present.some((key) => key.name === name || key.credentialId === credential.id)) {
      return fail({ code: 'account.name-taken', detail: 'Another passkey has this name.' });
    }
    if (present.length >= mostPasskeys) return fail(tooMany);
    const isFirst = present.length === 0 && !(await isTotpOn(rows));
    await rows.add(passkeys, {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      signCount: credential.counter,
      transports: [...(credential.transports ?? [])],
      isBackedUp: credentialBackedUp,
      name,
      createdMs: ctx.nowMs,
    });
    await record(ctx, queries, userId, 'passkey.added', { name });
    await sendMail(ctx, queries, user, 'passkey-added', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
      name,
    });
    const { id: credentialId } = credential;
    if (!isFirst) return ok({ credentialId, recoveryCodes: null, token: null });
    const recoveryCodes = await makeRecoveryCodes(ctx, account);
    const { visitor, nowMs } = ctx;
    const proof = { method: 'passkey' as const, visitor, nowMs };
    const { findSession } = ctx.services;
    const token = await continueAlone(queries, findSession, ctx.signedIn, proof);
    return ok({ credentialId, recoveryCodes, token: token.text });
  });
}

export async function listPasskeys(queries: Queries, userId: string) {
  const rows = await ownRows(queries, userId).read(passkeys, {
    orderBy: [asc(passkeys.createdMs)],
  });
  return rows.map(({ credentialId, name, createdMs, lastUsedMs, isBackedUp }) => ({
    credentialId,
    name,
    createdMs,
    lastUsedMs,
    isBackedUp,
  }));
}

export async function renamePasskey(
  ctx: PersonContext,
  credentialId: string,
  name: string,
): Promise<Result<undefined, Failure>> {
  return withOwnAccount(ctx, async ({ queries, rows }) => {
    const others = await rows.read(passkeys);
    if (others.some((key) => key.name === name && key.credentialId !== credentialId)) {
      return fail({ code: 'account.name-taken', detail: 'Another passkey has this name.' });
    }
    const named = eq(passkeys.credentialId, credentialId);
    if ((await rows.change(passkeys, { name }, named)) === 1) {
      await record(ctx, queries, ctx.signedIn.account.userId, 'passkey.renamed', { name });
    }
    return ok(undefined);
  });
}

export async function removePasskey(
  ctx: PersonContext,
  credentialId: string,
): Promise<Result<undefined, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withOwnAccount(ctx, async (account) => {
    const { queries, rows, user } = account;
    const named = eq(passkeys.credentialId, credentialId);
    const key = await rows.one(passkeys, { where: named });
    if (!key) return ok(undefined);
    await rows.remove(passkeys, named);
    await forgetSecondFactorUnlessKept(account);
    await record(ctx, queries, userId, 'passkey.removed', { name: key.name });
    await sendMail(ctx, queries, user, 'passkey-removed', {
      atMs: ctx.nowMs,
      ...circumstancesOf(ctx),
      name: key.name,
    });
    return ok(undefined);
  });
}

async function keepChallenge(
  ctx: ReadyContext,
  challenge: string,
  purpose: Purpose,
  userId: string | null,
): Promise<void> {
  const { authDatabase } = ctx.services;
  await authDatabase.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresMs, ctx.nowMs));
  const expiresMs = ctx.nowMs + challengeLifeMs;
  await authDatabase.insert(passkeyChallenges).values({ challenge, purpose, userId, expiresMs });
}

/** The challenge that the device says it signed, taken away so that it is answered once. */
async function takeChallenge(
  queries: Queries,
  response: { readonly response: { readonly clientDataJSON: string } },
  given: { readonly purpose: Purpose; readonly userId: string | null; readonly nowMs: number },
) {
  const { purpose, userId, nowMs } = given;
  const said = challengeIn(response.response.clientDataJSON);
  if (said === null) return null;
  const [row] = await queries
    .delete(passkeyChallenges)
    .where(
      and(
        // Of this account alone, or of nobody: another's is not even used up.
        userId === null ? isNull(passkeyChallenges.userId) : eq(passkeyChallenges.userId, userId),
        eq(passkeyChallenges.challenge, said),
        eq(passkeyChallenges.purpose, purpose),
        gt(passkeyChallenges.expiresMs, nowMs),
      ),
    )
    .returning();
  return row ?? null;
}

function challengeIn(clientDataJson: string): string | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    const challenge = (said as { readonly challenge?: unknown } | null)?.challenge;
    const isOurs = typeof challenge === 'string' && /^[\w-]{1,100}$/.test(challenge);
    return isOurs ? challenge : null;
  } catch {
    return null;
  }
}

function userIdOf(userHandle: string | undefined): string | null {
  const text = Buffer.from(userHandle ?? '', 'base64url').toString('utf8');
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : null;
}

function passkeyOrigins(site: Site): string[] {
  return site.origins.filter((origin) => new URL(origin).hostname === site.passkeyHost);
}
