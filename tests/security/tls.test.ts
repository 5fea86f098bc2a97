/** What an encrypted connection to the server may be, tried by a client that would take anything. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, getCiphers, type ConnectionOptions } from 'node:tls';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createListener, listen } from '../../sync/http/listener.ts';

/** For localhost and 127.0.0.1, until 2126; guards nothing. */
const key = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC+WuM9TkxQNXOG
XPGcs9MSOmYi3LOYdWTheunnXvK6Al5fePxWsUqDIzYrzpqt1nNHfgWI2uaHssyA
gQqGdrEw1gv18+7fvD6okNCl/sRHFDqNNrp9rTaqgSKEi2DykghUPvDS+sw3MV2k
oCO+fBy5Ckf62nVyrigIZSfn/f7opFL2tBNw7n+4MwsHnZLNFA6U0EXijVxYy3Jw
7OFeQoSCasOGV05Mx4bBE20HldNcCwZnapnQ2qr2ofg/swgOU/8cpdD9Rpb4mPda
3htAqtRnWDr/1WoZ75VIeZllLDMRucMOTR339wLVtZ4TPPfpg96epObzQ4vSxuYQ
aZjrLJQhAgMBAAECggEAShkJEekzrZlQ8gGmD5C0XgkbjwCIbJVuApOdD3KXW67m
W5W17G0xCyEeyiivb3HmB/NXZjGHwVTpZDBXD4aObOs1VrVwy+j0HxvYDHXCo8SN
EkE2kQtnFzITZLL4txP/aAPkLMxxyB5QTHAF2fVoHOOSp2R4iX6fmLz/rr/hhV8d
JtfRHIrpbBIW3uR/eqm9A4k9u1aPfiyMMKXJmQhjErhV9Q0VV8CYtWmm5u6FZUgR
dUVhOefqv5MAtS/xDVqHvlypYwwca6mQZ/cyLCwF8Wer3jPIHMQCIwk65bEmY9Ug
KwzRl4Me9YxZm2Lo4juUtjC7tMITREmaOTT6deiQXQKBgQD0cnqvXhGD/+tFGK8V
wuOkx7b8aRM71NlMX9IKQ7QlwaBcF8PpOFHFQ2oXwyo6+/sJT7K+Ely1q6dFTQHW
hQ22tR7jVWyZejU/dPga4EvINDudmLWVwTnep9XTvN3GkA9aFEIGxRGXmxosz4JL
Qtw5qbmOZ0r60Q4+C2TBs4g73wKBgQDHWfUiUk20nOFHBbUD0RajDCU50HTe1Ge7
3Zsk02OM2i9Rbnwrj8TvvddKKa7gN4wFv9WTo/0LH7YblHKxnlocXMP+PwrLkoor
3ayAC++PFJRZL9sOp1yvUlgHiYn1w4yvzRtzee+envP1aBcnOcgeKQ5eYdOeI4Um
8+rdG+Uv/wKBgDpr7dRhyA/jJyiBaL7rsBpevOYAet9O1IxDTmCzo6dualP4PhNM
KYbawM1jEIG+XVXxXUe9/bhRiQ2wBONvM0LacMJmVSktIvLCktVhi9sSWLkmmSds
YddMB3euaNae8XxW4RzbFoRERnI1Oe+g0B9b6AQXvbzKH/xGHtOIg+PDAoGAXI/6
cGtCxWAqge22dQU6u45CIqwV9/ksCWEGTn0QtjAA1JC2ewuQZ7kAI+Fi350rGOhP
5PO55NZemkO9VZevQ4gXQRBIlOl/2opdND9WhlsJ3reHwTAYqxdS5H0KX+DijCZy
XpX5mu83W3VverkroEVz9IL73Wukwcd0ACKZskUCgYEAnlxN0wEZR1hh9Un8RSWr
yzUXWNo6cspCG/L+/c9GBjZXdWgAyxujAb/goS+J7pKReXCrBFWQhMuTnD9OnBUS
yGV34IkZBi8ycjJ24XKz022k5d6SP/uRgzjkUU5xFyoyE+jy4S6oSCrVm/hk/toQ
jp2usIumploL65iqkLZeAY8=
-----END PRIVATE KEY-----`;
const certificate = `-----BEGIN CERTIFICATE-----
MIIDJzCCAg+gAwIBAgIUe5BmC5u67Lly2ZbQGszT9vW4nXMwDQYJKoZIhvcNAQEL
BQAwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNjE0NTYxNFoYDzIxMjYx
MTAyMTQ1NjE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwggEiMA0GCSqGSIb3DQEB
AQUAA4IBDwAwggEKAoIBAQC+WuM9TkxQNXOGXPGcs9MSOmYi3LOYdWTheunnXvK6
Al5fePxWsUqDIzYrzpqt1nNHfgWI2uaHssyAgQqGdrEw1gv18+7fvD6okNCl/sRH
FDqNNrp9rTaqgSKEi2DykghUPvDS+sw3MV2koCO+fBy5Ckf62nVyrigIZSfn/f7o
pFL2tBNw7n+4MwsHnZLNFA6U0EXijVxYy3Jw7OFeQoSCasOGV05Mx4bBE20HldNc
CwZnapnQ2qr2ofg/swgOU/8cpdD9Rpb4mPda3htAqtRnWDr/1WoZ75VIeZllLDMR
ucMOTR339wLVtZ4TPPfpg96epObzQ4vSxuYQaZjrLJQhAgMBAAGjbzBtMB0GA1Ud
DgQWBBRQfVotHNKCO5QLOy8y/xXjgjsrRjAfBgNVHSMEGDAWgBRQfVotHNKCO5QL
Oy8y/xXjgjsrRjAPBgNVHRMBAf8EBTADAQH/MBoGA1UdEQQTMBGCCWxvY2FsaG9z
dIcEfwAAATANBgkqhkiG9w0BAQsFAAOCAQEACj4T9huUplvF2+GjUP45jCMcOqY2
1lyulsHOBsrPLMsUzaqTp1eESRBv6LM8q9bmV9Lpem+ZjRtbY1UdPnqBUklBe3Gb
uI1a20EJm9+K/Bo0oqz3bzm+3uN8ID8RpQNp3OvbRPRegicYzn4HHyhfOFmnWCzR
UPIr+AAEs0qay11GoxlR8KB16iD7XKf/FpVWK7W1o65+q68/m+8lmFL6Z2NWnril
8CqwYf3kt/nJaS+8Vbo1NlXMnXMG/8MAwZGDT3dWiG33NliGUwWyjuzAbCas/LoZ
JIkxdx2KdM0tCJk1PzlHwyFJjhe31C/9MY1l9+QRKa11U0XpINuEL4yE8Q==
-----END CERTIFICATE-----`;

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offing-tls-'));
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  await writeFile(certFile, certificate);
  await writeFile(keyFile, key);
  const made = await createListener({ certFile, keyFile });
  if (!made.ok) throw new Error(made.error.sentence);
  server = made.value;
  expect(await listen(server, '127.0.0.1', 0)).toEqual({ ok: true, value: 'listening' });
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

/** The version that both agreed on, or null where they did not. */
function version(wish: ConnectionOptions): Promise<string | null> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ca: certificate, ...wish });
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
    socket.on('error', () => resolve(null));
  });
}

describe('an encrypted connection', () => {
  it.each(['TLSv1', 'TLSv1.1'] as const)('is never %s', async (old) => {
    // Without this the client itself would refuse.
    const ciphers = 'ALL:@SECLEVEL=0';
    expect(await version({ minVersion: old, maxVersion: old, ciphers })).toBeNull();
  });

  it('is TLS 1.3 with whoever can, and 1.2 with the rest', async () => {
    expect(await version({})).toBe('TLSv1.3');
    expect(await version({ maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  });

  it('has authenticated encryption and forward secrecy with 1.2 too', async () => {
    const taken: string[] = [];
    for (const name of getCiphers().filter((one) => !one.startsWith('tls_'))) {
      const ciphers = `${name.toUpperCase()}:@SECLEVEL=0`;
      if (await version({ maxVersion: 'TLSv1.2', ciphers })) taken.push(name);
    }
    expect(taken.length).toBeGreaterThan(1);
    expect(taken.filter((name) => !/^ecdhe-.*(gcm|chacha20-poly1305)/.test(name))).toEqual([]);
  });
});
