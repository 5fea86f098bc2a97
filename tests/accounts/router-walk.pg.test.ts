/** Every procedure, called by everybody who must not get in, and by the one who may. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../core/errors.ts';
import type { Needs } from '../../sync/needs.ts';
import { procedurePaths } from '../../sync/router.ts';
import { openDevice } from '../replication/device.ts';
import { clearUpAsEveryNight, comeAndGo, keepPrices } from './background.ts';
import { fixtures } from './fixtures.ts';
import { openInstallation, type Installation } from './installation.ts';
import { openPeople, type People, type Person } from './people.ts';
import { guarded, procedures, type ListedProcedure } from './procedures.ts';
import { rowsOf, tenantTables } from './snapshot.ts';
import {
  exceptions,
  loggedStatements,
  logStatements,
  namesAccount,
  tablesIn,
} from './statements.ts';
import type { Visitor } from './visitor.ts';

let at: Installation;
let people: People;
const cast: Record<'trader' | 'unverified' | 'support' | 'admin', Person> = Object.create(null);

beforeAll(async () => {
  // Accounts that trade by themselves would change rows while these are compared.
  at = await openInstallation({ OFFING_PAPER: 'off' });
  await logStatements(at);
  people = await openPeople(at);
  cast.trader = await people.person();
  cast.unverified = await people.person({ verified: false });
  cast.support = await people.person({ role: 'support' });
  cast.admin = await people.person({ role: 'admin' });
});
afterAll(async () => {
  await people?.close();
  await at?.close();
});

const isStaff = ({ access }: Needs) => access === 'staff' || access === 'admin';
const rightful = ({ access }: Needs) => (access === 'account' ? cast.trader : cast.admin);

describe('the list of calls', () => {
  it('has one for every procedure and none beside', () => {
    expect(Object.keys(fixtures).sort()).toEqual([...procedurePaths].sort());
  });

  it('has a forged one wherever anybody may show what stands for an account', () => {
    const naming = procedures
      .filter(({ needs }) => needs?.access === 'anyone')
      .filter(({ inputNames }) => inputNames.some((n) => /Id$|^(token|step|response)$/.test(n)))
      .map(({ path }) => path);
    const forged = Object.keys(fixtures).filter((path) => fixtures[path]!.forged);
    expect(forged.sort()).toEqual(naming.sort());
  });
});

describe('what procedures declare', () => {
  it('is there for each of them', () => {
    expect(procedures.filter(({ needs }) => !needs).map(({ path }) => path)).toEqual([]);
  });

  it('lets strangers call only what leads in, and staff alone run the installation', () => {
    for (const { path, needs } of procedures) {
      const room = path.split('.')[0];
      if (needs?.access === 'anyone') expect(['auth', 'system']).toContain(room);
      expect(path.startsWith('admin.')).toBe(needs !== undefined && isStaff(needs));
    }
  });

  it('asks for a fresh proof before what cannot be taken back', () => {
    const proved = procedures.filter(({ needs }) => needs?.stepUp).map(({ path }) => path);
    expect(proved.sort()).toEqual(
      [
        'account.export',
        'account.remove',
        'admin.revokeSessions',
        'admin.setRole',
        'encryption.disable',
        'encryption.enable',
        'encryption.rewrap',
        'security.addPasskey',
        'security.beginTotp',
        'security.changeEmail',
        'security.createToken',
        'security.disableTotp',
        'security.passkeyRegisterOptions',
        'security.putSecret',
        'security.removePasskey',
        'security.renewRecoveryCodes',
        'security.revokeOthers',
        'security.revokeSession',
        'orders.resolve',
        'terminals.addExchange',
        'terminals.pair',
      ].sort(),
    );
  });

  it('gives programs nothing that a person must prove anything for', () => {
    for (const { needs, isInApi } of procedures) {
      if (needs?.scope === undefined) continue;
      expect(needs).toEqual({ access: 'account', limit: needs.limit, scope: needs.scope });
      expect(isInApi).toBe(true);
    }
  });
});

/** Who is turned away by a need, and with which code; each has all that is asked but one thing. */
const turnedAway: readonly {
  readonly who: string;
  readonly where: (needs: Needs) => boolean;
  readonly code: ErrorCode;
  readonly caller: (needs: Needs) => Promise<Visitor>;
}[] = [
  {
    who: 'a stranger',
    where: () => true,
    code: 'auth.sign-in-needed',
    caller: async () => at.visitor(),
  },
  {
    who: 'somebody with a made-up session',
    where: () => true,
    code: 'auth.sign-in-needed',
    caller: async () => {
      const { userId } = cast.admin;
      const who = at.visitor();
      who.cookies.set('offing', `${userId}.${'A'.repeat(43)}`);
      return who;
    },
  },
  {
    who: 'an account whose address is not confirmed',
    where: ({ verified }) => verified === true,
    code: 'auth.email-unverified',
    caller: () => cast.unverified.signedIn(),
  },
  {
    who: 'a trader',
    where: isStaff,
    code: 'auth.not-allowed',
    caller: () => cast.trader.signedIn(),
  },
  {
    who: 'support',
    where: ({ access }) => access === 'admin',
    code: 'auth.not-allowed',
    caller: () => cast.support.signedIn(),
  },
  {
    who: 'an admin without a second factor',
    where: isStaff,
    code: 'auth.second-factor-needed',
    caller: () => cast.admin.signedIn({ method: 'password' }),
  },
  {
    who: 'the first admin before a second factor',
    where: isStaff,
    code: 'auth.second-factor-needed',
    caller: () => cast.admin.signedIn({ method: 'admin-link' }),
  },
  {
    who: 'somebody whose proof is eleven minutes old',
    where: ({ stepUp }) => stepUp === true,
    code: 'auth.step-up-needed',
    caller: (needs) => rightful(needs).signedIn({ provedMinutesAgo: 11 }),
  },
  {
    who: 'somebody whose session lay idle for half a day',
    where: ({ awake }) => awake === true,
    code: 'auth.step-up-needed',
    caller: async (needs) => {
      const who = await rightful(needs).signedIn();
      await at.sql`update sessions set proved_ms = 0 where session_id = ${who.sessionId}`;
      return who;
    },
  },
  {
    who: 'an admin from elsewhere',
    where: ({ local }) => local === true,
    code: 'auth.local-only',
    caller: () => cast.admin.signedIn({ headers: { 'x-forwarded-for': '203.0.113.9' } }),
  },
];

describe('a refused call', () => {
  let before: Record<string, string>;
  let target: Person;
  beforeAll(async () => {
    target = await people.person();
  });

  it.each(
    guarded.flatMap((procedure) =>
      turnedAway
        .filter(({ where }) => procedure.needs && where(procedure.needs))
        .map((refusal) => [procedure.path, refusal.who, refusal.code, procedure, refusal] as const),
    ),
  )('of %s by %s is answered %s and leaves nothing', async (path, _, code, procedure, refusal) => {
    const caller = await refusal.caller(procedure.needs!);
    const input = await fixtures[path]!.input?.(target, at);
    before = await rowsOf(at.sql);
    const answer = await caller.try(procedure.method, path, input);
    expect(answer.failure).toBe(code);
    // What the input should have been is nobody's business who may not call.
    const nonsense = await caller.try(procedure.method, path, { nonsense: true });
    expect(nonsense.failure).toBe(code);
    expect(await rowsOf(at.sql)).toEqual(before);
  });
});

/** The one who may: the owner of the account, staff over it, or a stranger where anyone may. */
async function callerOf({ path, needs }: ListedProcedure, owner: Person): Promise<Visitor> {
  if (needs?.access === 'account' || fixtures[path]!.signedIn) return owner.signedIn();
  return needs?.access === 'anyone' ? at.visitor() : cast.admin.signedIn();
}

describe('the right caller', () => {
  it.each(procedures.map((procedure) => [procedure.path, procedure] as const))(
    'of %s gets through',
    async (path, procedure) => {
      const owner = await people.person();
      const given = await fixtures[path]!.input?.(owner, at);
      const caller = await callerOf(procedure, owner);
      const got = await caller.try(procedure.method, path, given);
      const { mayFail = [] } = fixtures[path]!;
      expect([null, ...mayFail], got.body).toContain(got.failure);
    },
  );

  it('still gets through when the proof is nine minutes old', async () => {
    const owner = await people.person();
    const who = await owner.signedIn({ provedMinutesAgo: 9 });
    expect((await who.try('POST', 'account.export')).failure).toBeNull();
  });

  it('may be support where reading is all there is to it', async () => {
    const who = await cast.support.signedIn();
    expect((await who.try('GET', 'admin.users', {})).failure).toBeNull();
    const { userId } = cast.trader;
    expect((await who.try('GET', 'admin.userAudit', { userId })).failure).toBeNull();
  });
});

describe('cross-tenant: another account', () => {
  let owner: Person;
  let thief: Person;
  beforeAll(async () => {
    owner = await people.person();
    thief = await people.person();
    await owner.everywhere();
  });

  it('has rows in every table, so that a leak would be seen', async () => {
    const empty = Object.entries(await rowsOf(at.sql, owner.userId))
      .filter(([, digest]) => digest.startsWith('0 '))
      .map(([table]) => table);
    expect(empty).toEqual([]);
    expect((await tenantTables(at.sql)).length).toBeGreaterThan(14);
  });

  it.each(
    guarded.filter(({ needs }) => needs?.access === 'account').map((p) => [p.path, p] as const),
  )(
    'gets nothing of the owner’s by %s with what names the owner’s rows',
    async (path, { method }) => {
      const input = await fixtures[path]!.input?.(owner, at);
      const who = await thief.signedIn();
      const before = await rowsOf(at.sql, owner.userId);
      const answer = await who.try(method, path, input);
      expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
      expect(answer.body).not.toContain(owner.userId);
      expect(answer.body).not.toContain(owner.email);
    },
  );

  it.each(procedures.filter(({ path }) => fixtures[path]?.forged).map((p) => [p.path, p] as const))(
    'gets nothing by %s with a token of its own under the owner’s id',
    async (path, { method }) => {
      const input = await fixtures[path]!.forged!(owner, thief, at);
      for (const who of [at.visitor(), await thief.signedIn()]) {
        const before = await rowsOf(at.sql, owner.userId);
        const answer = await who.try(method, path, input);
        expect(['auth.link-invalid', 'auth.step-expired', 'auth.passkey-refused']).toContain(
          answer.failure,
        );
        expect(await rowsOf(at.sql, owner.userId)).toEqual(before);
        expect(
          (await who.get<{ account: { userId: string } | null }>('auth.me')).account?.userId,
        ).not.toBe(owner.userId);
      }
    },
  );

  it.each(['auth.verifyEmail', 'auth.resetPassword', 'auth.confirmEmail'] as const)(
    'gets nothing by %s with a link that was mailed for another purpose',
    async (path) => {
      const kinds = ['verify-email', 'reset-password', 'change-email'] as const;
      const [good] = {
        'auth.verifyEmail': [0],
        'auth.resetPassword': [1],
        'auth.confirmEmail': [2],
      }[path];
      const input = await fixtures[path]!.input!(owner, at);
      for (const kind of kinds.filter((_, index) => index !== good)) {
        const token = await owner.link(kind, 'detail@offing.example');
        const answer = await at.visitor().try('POST', path, { ...(input as object), token });
        expect(answer.failure).toBe('auth.link-invalid');
      }
    },
  );
});

describe('cross-tenant: many accounts at the same moment', () => {
  it('each get their own, though their questions are gathered into one', async () => {
    const crowd = await Promise.all(Array.from({ length: 12 }, () => people.person()));
    const devices = await Promise.all(crowd.map((person) => person.signedIn()));
    // Every second one has never chosen anything.
    const themes = crowd.map(({ userId }, index) => (index % 2 === 0 ? userId : null));
    await Promise.all(
      devices.map((who, index) => {
        const value = { theme: themes[index] };
        return value.theme && who.post('account.putSettings', { value, changedMs: Date.now() });
      }),
    );
    for (let round = 0; round < 5; round++) {
      const answers = await Promise.all(
        devices.map(async (who) => ({
          me: await who.get<{ account: { userId: string } }>('auth.me'),
          profile: await who.get<{ email: string }>('account.profile'),
          kept: await who.get<{ settings: { value: object } | null }>('account.settings'),
        })),
      );
      answers.forEach(({ me, profile, kept }, index) => {
        expect(me.account.userId).toBe(crowd[index]!.userId);
        expect(profile.email).toBe(crowd[index]!.email);
        expect(kept.settings?.value ?? null).toEqual(themes[index] && { theme: themes[index] });
      });
    }
  });
});

describe('scoping in one place', () => {
  beforeAll(async () => {
    const second = await people.person({ role: 'admin' });
    const admin = await cast.admin.signedIn();
    await admin.post('admin.setRole', { userId: second.userId, role: 'trader' });
    const old = await cast.trader.signedIn();
    await at.sql`update sessions set last_seen_ms = 0 where session_id = ${old.sessionId}`;
    await old.get('auth.me');
    const device = await openDevice(old);
    for (const value of [1, 2])
      await device.push([device.op('settings', 'written twice', { value })]);
    await comeAndGo(at, await people.person());
    await keepPrices(at, await people.person());
    await clearUpAsEveryNight(at);
  });

  it('holds: each statement on rows of accounts names the account, but for a few', async () => {
    const tables = await tenantTables(at.sql);
    const statements = await loggedStatements(at);
    const touched = statements.filter(({ text }) => tablesIn(text, tables).length > 0);
    const ours = touched.filter(({ pool }) => /^offing (app|auth)$/.test(pool));
    const loose = ours
      .filter(({ text }) => tablesIn(text, tables).some((table) => !namesAccount(text, table)))
      .map(({ text }) => text);
    expect(loose.filter((text) => !exceptions.some(({ shape }) => shape.test(text)))).toEqual([]);
    const idle = exceptions.filter(({ shape }) => !loose.some((text) => shape.test(text)));
    expect(idle.map(({ why }) => why)).toEqual([]);
    // The walk went everywhere, and nobody but the server's own role goes there at all.
    const seen = tables.filter((table) => ours.some(({ text }) => tablesIn(text, [table]).length));
    expect(seen).toEqual(tables);
    const pools = new Set(touched.map(({ pool }) => pool));
    expect([...pools].sort()).toEqual(['offing app', 'offing auth', 'offing test', 'postgres.js']);
  });
});
