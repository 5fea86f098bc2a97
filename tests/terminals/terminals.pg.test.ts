/** Terminals and the servers that they come to: pairing, taking over, halting, ending; over Postgres. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveTicket } from '../../core/sync/live.ts';
import type { AccountView, BookView, LogEntryView } from '../../core/broker/views.ts';
import { appRole, connect, type Connection } from '../../sync/database/connection.ts';
import { release, renewLeases, type HeldSession } from '../../sync/terminals/lease.ts';
import { openAnotherServer, type AnotherServer } from '../accounts/another-server.ts';
import type { Person } from '../accounts/people.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { device, type Device } from '../rooms/device.ts';
import { until } from '../server-process.ts';
import { account, openTerminal, type Script, type ScriptedTerminal } from './scripted-terminal.ts';

let scene: Scene;
let another: AnotherServer;
let pool: Connection;
const terminals: ScriptedTerminal[] = [];
const devices: Device[] = [];

beforeAll(async () => {
  scene = await openScene({ OFFING_PAPER: 'off' });
  another = await openAnotherServer(scene.at, { OFFING_PAPER: 'off' });
  pool = connect(scene.at.databaseUrl, { name: 'app', most: 1, role: appRole });
});
afterAll(async () => {
  for (const each of devices) each.leave();
  for (const each of terminals) await each.close();
  await pool?.close();
  await another?.close();
  await scene?.close();
});

async function terminal(script: Omit<Script, 'address'> & { readonly address?: string }) {
  const made = await openTerminal({ address: scene.at.address, ...script });
  terminals.push(made);
  return made;
}

async function paired() {
  const person = await scene.people.person();
  const given = await person.tradingAccount();
  return { person, ...given, who: await person.signedIn() };
}

const viewOf = async (who: Visitor, accountId: string): Promise<AccountView> => {
  const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
  return accounts.find((each) => each.accountId === accountId)!;
};
const logOf = async (who: Visitor, accountId: string) => {
  const { entries } = await who.get<{ entries: LogEntryView[] }>('terminals.log', { accountId });
  return entries.map(({ name, detail }) => `${name} ${detail['why'] ?? ''}`.trim());
};

describe('pairing', () => {
  it('takes a code once, binds what stands behind it, and tells the trail and the log', async () => {
    const person = await scene.people.person();
    const who = await person.signedIn();
    const given = await who.post<{ accountId: string; code: string }>('terminals.pair', {
      name: 'My terminal',
    });
    const { accountId, code } = given;
    expect(code).toMatch(new RegExp(`^${accountId}\\.[0-9a-f]{32}$`));
    const token = code.slice(37);
    expect(await viewOf(who, accountId)).toMatchObject({ state: 'pairing', health: null });
    const first = await terminal({ accountId, token });
    first.beat();
    await until(async () => (await viewOf(who, accountId)).health?.isConnected === true);
    const view = await viewOf(who, accountId);
    expect(view).toMatchObject({ name: 'My terminal', state: 'paired', pairUntilMs: null });
    expect(view.health).toMatchObject({ isOnline: true, pingUs: 12_000 });
    expect(Math.abs(view.health!.serverOffsetMs! - 7_200_000)).toBeLessThan(5_000);
    expect(await logOf(who, accountId)).toContain('connected');
    const { entries } = await who.get<{ entries: { action: string }[] }>('security.audit', {});
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['terminal.added', 'terminal.paired']),
    );
    await first.close();
    await until(async () => (await viewOf(who, accountId)).health?.isOnline === false);
  });

  it('keeps neither the token nor the code where anybody could read it', async () => {
    const who = await (await scene.people.person()).signedIn();
    const { code } = await who.post<{ code: string }>('terminals.pair', { name: 'Secret' });
    const [row] = await scene.at.sql<{ held: boolean }[]>`
      select exists (select from trading_accounts t
        where t::text like ${`%${code.slice(37)}%`}) as held`;
    expect(row!.held).toBe(false);
  });

  it('refuses a code past its time, and tells its trader', async () => {
    const { accountId, token, who } = await paired();
    await scene.at.sql`update trading_accounts set state = 'pairing', pair_until_ms = 1
      where account_id = ${accountId}`;
    await expect(terminal({ accountId, token })).rejects.toMatchObject({ code: 4_401 });
    await until(async () => (await logOf(who, accountId)).includes('refused code-expired'));
  });

  it('refuses a wrong token, and tells whose account was tried', async () => {
    const { accountId, who } = await paired();
    const wrong = { accountId, token: '0'.repeat(32) };
    await expect(terminal(wrong)).rejects.toMatchObject({ code: 4_401 });
    await until(async () => (await logOf(who, accountId)).includes('refused wrong-token'));
  });

  it('halts where another login is behind it, until a person has looked', async () => {
    const { accountId, token, who } = await paired();
    await (await terminal({ accountId, token })).close();
    const other = { accountId, token, login: '2002' };
    await expect(terminal(other)).rejects.toMatchObject({ code: 4_404 });
    const halted = { state: 'halted', haltReason: 'other-account' };
    expect(await viewOf(who, accountId)).toMatchObject(halted);
    // What takes risk away goes on: the right login is let in.
    await (await terminal({ accountId, token })).close();
    await who.post('terminals.resume', { accountId });
    expect(await viewOf(who, accountId)).toMatchObject({ state: 'paired', haltReason: null });
  });
});

describe('one terminal', () => {
  it('has one session: a second one ends the first', async () => {
    const { accountId, token, who } = await paired();
    const first = await terminal({ accountId, token });
    const second = await terminal({ accountId, token });
    expect(await first.ended).toEqual({ code: 4_409, reason: 'fenced' });
    second.beat();
    await until(async () => (await viewOf(who, accountId)).health?.isConnected === true);
  });

  it('belongs to one server: two that fight for it never both hear it', async () => {
    const { accountId, token } = await paired();
    const addresses = [scene.at.address, another.address];
    let before: ScriptedTerminal | null = null;
    const epochs: number[] = [];
    for (let round = 0; round < 6; round++) {
      const now: ScriptedTerminal = await terminal({
        accountId,
        token,
        address: addresses[round % 2]!,
      });
      if (before) expect((await before.ended).code).toBe(4_409);
      const [row] = await scene.at.sql<{ session: string; epoch: string }[]>`
        select session, epoch from trading_accounts where account_id = ${accountId}`;
      expect(row!.session).toBe(now.session);
      epochs.push(Number(row!.epoch));
      before = now;
    }
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is closed on every server within two seconds of being revoked, and never let in again', async () => {
    const { accountId, token, who } = await paired();
    const far = await terminal({ accountId, token, address: another.address });
    const askedMs = performance.now();
    await who.post('terminals.revoke', { accountId });
    expect((await far.ended).code).toBe(4_403);
    expect(performance.now() - askedMs).toBeLessThan(2_000);
    await expect(terminal({ accountId, token })).rejects.toMatchObject({ code: 4_401 });
    expect((await viewOf(who, accountId)).state).toBe('revoked');
    expect((await who.try('POST', 'terminals.rename', { accountId, name: 'Back' })).failure).toBe(
      'trade.account-missing',
    );
  });

  it('goes when its account is deleted', async () => {
    const { person, accountId, token, who } = await paired();
    const made = await terminal({ accountId, token });
    await who.post('account.remove', { email: person.email });
    expect((await made.ended).code).toBe(4_403);
  });
});

describe('a lease', () => {
  const held = (userId: string, accountId: string, session: string): HeldSession => ({
    ...{ userId, accountId, session, lastHeardMs: 7 },
    health: {
      ...{ latencyMs: 1, pingUs: 1, serverOffsetMs: 0, isConnected: true, isTradeAllowed: true },
      ...{ queue: 0, dropped: 0, positions: 0 },
    },
  });
  const rowOf = async (accountId: string) =>
    (
      await scene.at.sql<{ lease_until_ms: string | null; session: string | null }[]>`
        select lease_until_ms, session from trading_accounts where account_id = ${accountId}`
    )[0]!;

  it('is renewed for what is held, and what is lost is said', async () => {
    const person = await scene.people.person();
    const session = randomUUID();
    const mine = await person.tradingAccount({ session });
    const lost = await person.tradingAccount({ session: randomUUID() });
    const gone = randomUUID();
    const all = [mine, lost, { accountId: gone }].map(({ accountId }) =>
      held(person.userId, accountId, accountId === mine.accountId ? session : gone),
    );
    const said = await renewLeases(pool.database, randomUUID(), all, 1_000);
    expect(said).toEqual([gone, gone]);
    expect(await rowOf(mine.accountId)).toEqual({ lease_until_ms: '31000', session });
    expect((await rowOf(lost.accountId)).lease_until_ms).toBeNull();
  });

  it('waits for nobody: a row that is locked is renewed the next time', async () => {
    const person = await scene.people.person();
    const session = randomUUID();
    const { accountId } = await person.tradingAccount({ session });
    const mine = held(person.userId, accountId, session);
    await scene.at.sql.begin(async (sql) => {
      await sql`select from trading_accounts where account_id = ${accountId} for update`;
      expect(await renewLeases(pool.database, randomUUID(), [mine], 1_000)).toEqual([]);
    });
    expect((await rowOf(accountId)).lease_until_ms).toBeNull();
    await renewLeases(pool.database, randomUUID(), [mine], 1_000);
    await release(pool.database, { ...mine, session: randomUUID() });
    expect((await rowOf(accountId)).session).toBe(session);
    await release(pool.database, mine);
    expect(await rowOf(accountId)).toEqual({ lease_until_ms: null, session: null });
  });
});

describe('prices', () => {
  const quoted = { digits: 5, pointSize: 1e-5, tickSize: 1e-5, tickValue: 1, contractSize: 1e5 };
  const instrument = {
    ...{ symbol: 'EURUSD', description: '', ...quoted, volumeMinLots: 0.01, volumeMaxLots: 100 },
    ...{ volumeStepLots: 0.01, stopsLevelPoints: 0, freezeLevelPoints: 0, marginPerLot: 1_000 },
    ...{ swapLongPoints: 0, swapShortPoints: 0, tradeMode: 'full' as const, fillings: [] },
  };

  async function inRoom(person: Person, at: Visitor, address: string): Promise<Device> {
    void person;
    const { ticket } = await at.post<LiveTicket & object>('live.ticket');
    const made = device(`${address.replace('http', 'ws')}/live`, { origin: address, ticket });
    devices.push(made);
    await made.hears({ kind: 'welcome' });
    return made;
  }

  it('reach the devices of who looks, on whichever server, and nobody else’s', async () => {
    const { person, accountId, token, who } = await paired();
    const made = await terminal({ accountId, token });
    made.beat();
    made.say({ t: 'account', account });
    made.say({ t: 'symbols', instruments: [instrument] });
    const look = (at: Visitor) =>
      at.get<BookView & object>('orders.book', { accountId, symbols: ['EURUSD'] });
    await until(async () => (await look(who)).instruments.length === 1);
    const there = another.carrying(who);
    const near = await inRoom(person, who, scene.at.address);
    const far = await inRoom(person, there, another.address);
    const stranger = await (await scene.people.person()).signedIn();
    const other = await inRoom(person, stranger, scene.at.address);
    await look(there);
    let bid = 1.1;
    await until(async () => {
      bid += 0.001;
      made.say({ t: 'quotes', quotes: [['EURUSD', bid, bid + 0.0001, Date.now()]] });
      return [near, far].every(({ heard }) => heard.some(({ kind }) => kind === 'quotes'));
    });
    for (const { heard } of [near, far]) {
      const word = heard.find(({ kind }) => kind === 'quotes');
      expect(word).toMatchObject({ accountId, quotes: [{ symbol: 'EURUSD' }] });
    }
    expect((await look(who)).quotes).toHaveLength(1);
    await until(async () => (await look(there)).quotes.length === 1);
    made.say({ t: 'account', account: { ...account, balance: 10_001 } });
    await Promise.all([near, far].map((each) => each.hears({ kind: 'trading', accountId })));
    expect(other.heard).toEqual([{ kind: 'welcome' }]);
  });
});
