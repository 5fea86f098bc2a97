/** How often is often enough, with the limits that a server has when nobody sets any. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultLimits } from '../../core/identity/limit-classes.ts';
import { limitKey } from '../../sync/limits/limit-key.ts';
import { openDevice } from '../replication/device.ts';
import { openAnotherServer, sharedSecrets, type AnotherServer } from './another-server.ts';
import { fixtures } from './fixtures.ts';
import { freshEmail, openInstallation, password, type Installation } from './installation.ts';
import { openPeople, type People, type Person } from './people.ts';
import { procedures } from './procedures.ts';
import { visitor, type CallAnswer, type Visitor } from './visitor.ts';

/** Behind a proxy on this machine. */
let at: Installation;
/** The same database, reached without a proxy. */
let bare: AnotherServer;
let people: People;

beforeAll(async () => {
  at = await openInstallation({ OFFING_LIMITS: '', OFFING_PROXIES: '127.0.0.1' });
  bare = await openAnotherServer(at, { OFFING_LIMITS: '' });
  people = await openPeople(at);
});
afterAll(async () => {
  await people?.close();
  await bare?.close();
  await at?.close();
});

const tooMany = 'limits.too-many-calls';
const wrong = 'auth.credentials-wrong';

/** Somebody whose request the proxy says came from here. */
function from(forwarded: string, cookies = new Map<string, string>()): Visitor {
  return visitor(at.address, { cookies, headers: { 'x-forwarded-for': forwarded } });
}

const guess = (who: Visitor, email = freshEmail()) =>
  who.try('POST', 'auth.signIn', { email, password: 'not-the-password' });

/** The same class of limit, and no password to be checked. */
const askForLink = (who: Visitor, email = freshEmail()) =>
  who.try('POST', 'auth.requestReset', { email });

/** How many answers there are of each kind. */
function tally(answers: readonly CallAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { failure } of answers) {
    counts[failure ?? 'ok'] = (counts[failure ?? 'ok'] ?? 0) + 1;
  }
  return counts;
}

const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

describe('an address', () => {
  it('may try five sign-ins a minute, and is told when to come back', async () => {
    const answers = await times(8, () => guess(from('203.0.113.1')));
    expect(tally(answers)).toEqual({ [wrong]: 5, [tooMany]: 3 });
    for (const { status, headers, figures } of answers.filter(
      ({ failure }) => failure === tooMany,
    )) {
      expect(status).toBe(429);
      const waitMs = Number(figures['retryAfterMs']);
      expect(waitMs).toBeGreaterThan(0);
      expect(waitMs).toBeLessThanOrEqual(60_000);
      expect(headers.get('retry-after')).toBe(String(Math.ceil(waitMs / 1_000)));
    }
  });

  it('that is refused one thing may still call another, and others may call the same', async () => {
    const who = from('203.0.113.2');
    expect(tally(await times(6, () => askForLink(who)))).toEqual({ ok: 5, [tooMany]: 1 });
    expect((await guess(who)).failure).toBe(wrong);
    expect((await who.try('GET', 'auth.options')).failure).toBeNull();
    expect((await askForLink(from('203.0.113.3'))).failure).toBeNull();
  });

  it('is let in again when its minute is over, and not when its hour is used up', async () => {
    const who = from('203.0.113.4');
    await times(5, () => askForLink(who));
    expect((await askForLink(who)).failure).toBe(tooMany);
    await at.sql`update rate_limits set minute_start_ms = minute_start_ms - 60000`;
    expect((await askForLink(who)).failure).toBeNull();
    await at.sql`update rate_limits set minute_start_ms = 0, hour_used = 50`;
    const { failure, figures } = await askForLink(who);
    expect(failure).toBe(tooMany);
    expect(Number(figures['retryAfterMs'])).toBeGreaterThan(60_000);
    await at.sql`update rate_limits set hour_start_ms = hour_start_ms - 3600000`;
    expect((await askForLink(who)).failure).toBeNull();
  });
});

it('every procedure counts its calls', async () => {
  const nowMs = Date.now();
  const { OFFING_SECRET: secret } = await sharedSecrets(at);
  const used = { minute_start_ms: nowMs, minute_used: 10_000, hour_start_ms: nowMs };
  const rows = procedures.map(({ path }) => ({
    ...{ ...used, hour_used: 10_000 },
    key: limitKey(secret, path, 'address', '203.0.113.7'),
  }));
  await at.sql`insert into rate_limits ${at.sql(rows)}`;
  const uncounted: string[] = [];
  for (const { path, method } of procedures) {
    const { failure } = await from('203.0.113.7').try(method, path, {});
    if (failure !== tooMany) uncounted.push(path);
  }
  expect(uncounted).toEqual([]);
});

describe('what devices share', () => {
  const fullMinute = async (userId: string, name: 'operations' | 'transfer') => {
    const { OFFING_SECRET: secret } = await sharedSecrets(at);
    const nowMs = Date.now();
    const used = { minute_used: defaultLimits[name].minute, hour_used: 0 };
    const row = { ...used, minute_start_ms: nowMs, hour_start_ms: nowMs };
    const key = limitKey(secret, `replication.${name}`, 'account', userId);
    await at.sql`insert into rate_limits ${at.sql({ ...row, key })}`;
  };
  const waits = ({ failure, status, headers }: CallAnswer) =>
    failure === tooMany && status === 429 && Number(headers.get('retry-after')) > 0;

  it('is counted by its changes, over all devices of the account', async () => {
    const owner = await people.person();
    const device = await openDevice(await owner.signedIn());
    const change = () => device.request([device.op('settings', 'a', { value: 1 })]);
    await fullMinute(owner.userId, 'operations');
    expect(waits(await device.tryPush(change()))).toBe(true);
    expect(await device.pull()).toEqual([]);
    await at.sql`update rate_limits set minute_start_ms = minute_start_ms - 60000`;
    expect(await device.push(change().ops)).toMatchObject({ outcomes: ['ok'] });
  });

  it('is counted by its bytes, whichever way they go', async () => {
    const owner = await people.person();
    const who = await owner.signedIn();
    const device = await openDevice(who);
    await device.push([device.op('settings', 'a', { value: 1 })]);
    await at.sql`delete from rate_limits where key like 'replication.transfer%'`;
    await fullMinute(owner.userId, 'transfer');
    const change = device.request([device.op('settings', 'b', { value: 1 })]);
    expect(waits(await device.tryPush(change))).toBe(true);
    const asked = { ...device.known(), cursor: 0, limit: 10 };
    expect(waits(await who.try('POST', 'replication.pull', asked))).toBe(true);
    // What is looked through counts, whatever is answered.
    const compared = { ...device.known(), epoch: 0 };
    const emptied = { ...compared, collection: 'settings', bucket: 0 };
    expect(waits(await who.try('POST', 'replication.digest', compared))).toBe(true);
    expect(waits(await who.try('POST', 'replication.bucket', emptied))).toBe(true);
    const chunk = await fetch(`${at.address}/chunks/${'0'.repeat(64)}`, {
      method: 'PUT',
      headers: {
        'x-offing-client': 'test',
        'content-type': 'application/octet-stream',
        cookie: `offing=${who.cookies.get('offing')}`,
      },
      body: new Uint8Array(10),
    });
    expect(chunk.status).toBe(429);
    expect(Number(chunk.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('batch bypass', () => {
  it('is none: ten sign-ins in one request count as ten', async () => {
    const inputs = Array.from({ length: 10 }, () => ({ email: freshEmail(), password: 'wrong' }));
    const path = Array<string>(10).fill('auth.signIn').join(',');
    const response = await fetch(`${at.address}/trpc/${path}?batch=1`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-offing-client': 'test',
        'x-forwarded-for': '203.0.113.5',
      },
      body: JSON.stringify({ ...inputs }),
    });
    const answers = (await response.json()) as { error: { data: { failure: string } } }[];
    const codes = answers.map(({ error }) => error.data.failure).sort();
    expect(codes).toEqual([...Array(5).fill(wrong), ...Array(5).fill(tooMany)]);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('where a request comes from', () => {
  const fiveOf = { ok: 5, [tooMany]: 3 };

  it('is what the nearest proxy says, not what stands further left', async () => {
    const asked = (index: number) => askForLink(from(`198.51.100.${index}, 203.0.113.6`));
    expect(tally(await times(8, asked))).toEqual(fiveOf);
  });

  it('is the connection itself where no proxy is ours, whatever a stranger says', async () => {
    const answers = await times(8, (index) => {
      const said = `198.51.100.${index}`;
      const headers = { 'x-forwarded-for': said, forwarded: `for=${said}`, 'x-real-ip': said };
      return askForLink(visitor(bare.address, { headers }));
    });
    expect(tally(answers)).toEqual(fiveOf);
  });

  it('is one household in IPv6, however many addresses it has', async () => {
    const asked = (index: number) => askForLink(from(`2001:db8:0:7::${index}`));
    expect(tally(await times(8, asked))).toEqual(fiveOf);
  });
});

it('two servers over one database count as one', async () => {
  const answers = await times(12, (index) => {
    const who = visitor(index % 2 === 0 ? at.address : bare.address);
    return who.try('POST', 'auth.confirmEmail', { token: 'none', password });
  });
  expect(tally(answers)).toEqual({ 'auth.link-invalid': 5, [tooMany]: 7 });
});

describe('lock-out: strangers who guess at an account from everywhere', () => {
  let owner: Person;
  let mark: string;
  const signIn = (who: Visitor) => who.try('POST', 'auth.signIn', { email: owner.email, password });
  const marked = (address: string, text: string) =>
    from(address, new Map([['offing-device', text]]));

  beforeAll(async () => {
    owner = await people.person();
    const home = from('203.0.113.10');
    await signIn(home);
    await home.post('auth.signOut');
    mark = home.cookies.get('offing-device')!;
    // The owner's device was a stranger's too, the first time.
    const guesses = await times(12, (index) => guess(from(`198.51.100.${index}`), owner.email));
    expect(tally(guesses)).toEqual({ [wrong]: 4, [tooMany]: 8 });
  });

  it('share one allowance, though the last of them had the right password', async () => {
    expect((await signIn(from('203.0.113.11'))).failure).toBe(tooMany);
  });

  it('cannot keep out a device that has been signed in before', async () => {
    expect((await signIn(marked('203.0.113.12', mark))).data).toEqual({ state: 'signed-in' });
  });

  it('get no allowance by the mark of another account, or one that is forged', async () => {
    const own = await people.person();
    const thief = from('203.0.113.13');
    await thief.post('auth.signIn', { email: own.email, password });
    const theirs = thief.cookies.get('offing-device')!;
    const forged = theirs.replace(own.userId, owner.userId);
    for (const text of [theirs, forged, mark.slice(0, -1), `${owner.userId}..`]) {
      const answer = await guess(marked('203.0.113.14', text), owner.email);
      expect(answer.failure).toBe(tooMany);
    }
  });

  it('cannot keep the owner from a passkey, nor from a link to a new password', async () => {
    const passkey = await fixtures['auth.passkeySignIn']!.input!(owner, at);
    const elsewhere = from('203.0.113.15');
    expect(await elsewhere.post('auth.passkeySignIn', passkey)).toEqual({ state: 'signed-in' });
    expect((await askForLink(elsewhere, owner.email)).data).toEqual({ sent: true });
    const reset = { token: await owner.link('reset-password'), password: 'a-wholly-other-harbour' };
    expect(await elsewhere.post('auth.resetPassword', reset)).toEqual({ state: 'reset' });
  });

  it('cannot keep anybody out for longer than a minute', async () => {
    await at.sql`update rate_limits set minute_start_ms = minute_start_ms - 60000`;
    expect((await guess(from('203.0.113.16'), owner.email)).failure).toBe(wrong);
  });
});

it('accounts behind one address share twenty times the room of one, and no more', async () => {
  const { OFFING_SECRET: secret } = await sharedSecrets(at);
  const owner = await people.person();
  const { cookies } = await owner.signedIn();
  const who = from('203.0.113.20', cookies);
  expect((await who.try('GET', 'account.profile')).failure).toBeNull();
  const key = limitKey(secret, 'account.profile', 'crowd', '203.0.113.20');
  const filled = await at.sql`update rate_limits set minute_used = 1199 where key = ${key}`;
  expect(filled.count).toBe(1);
  expect((await who.try('GET', 'account.profile')).failure).toBeNull();
  expect((await who.try('GET', 'account.profile')).failure).toBe(tooMany);
  expect((await from('203.0.113.21', cookies).try('GET', 'account.profile')).failure).toBeNull();
});

it('a stolen session cannot try passwords from many addresses', async () => {
  const owner = await people.person();
  const { cookies } = await owner.signedIn();
  const answers = await times(8, (index) =>
    from(`198.51.100.${100 + index}`, cookies).try('POST', 'security.stepUp', {
      password: 'wrong',
    }),
  );
  expect(tally(answers)).toEqual({ 'auth.password-wrong': 5, [tooMany]: 3 });
});
