import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAddress, limitSubject, readProxies } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) => ({
  socket: { remoteAddress },
  headers: { 'x-forwarded-for': forwarded },
});

function proxiesOf(text: string | undefined) {
  const read = readProxies(text);
  if (!read.ok) throw new Error(read.error.sentence);
  return read.value;
}

describe("the caller's address", () => {
  const none = proxiesOf(undefined);
  const local = proxiesOf('127.0.0.1, ::1, 10.0.0.0/8');

  it('is the other end of the connection, and a header changes nothing, where no proxy is named', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (address, forwarded) => {
        expect(clientAddress(from(address, forwarded), none)).toBe(address);
      }),
    );
  });

  it('is what the nearest stranger to our proxies has, whatever stands further left', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.ipV4(), fc.string())), (invented) => {
        const forwarded = [...invented.map((text) => text.replaceAll(',', '')), '203.0.113.7'];
        const header = `${forwarded.join(', ')}, 10.1.2.3`;
        expect(clientAddress(from('127.0.0.1', header), local)).toBe('203.0.113.7');
      }),
    );
  });

  it('is the farthest proxy where there are only proxies', () => {
    expect(clientAddress(from('::1', '10.9.9.9, 10.1.2.3'), local)).toBe('10.9.9.9');
  });

  it('is the proxy itself where its header makes no sense', () => {
    for (const header of ['', 'unknown', '10.0.0.1, ', '1.2.3', 'for=203.0.113.7', '<script>']) {
      expect(clientAddress(from('127.0.0.1', header), local)).toBe('127.0.0.1');
    }
    expect(clientAddress(from('127.0.0.1'), local)).toBe('127.0.0.1');
  });

  it('is written one way, without port, brackets, zone or wrapping', () => {
    expect(clientAddress(from('::ffff:203.0.113.7'), none)).toBe('203.0.113.7');
    expect(clientAddress(from('::FFFF:cb00:7107'), none)).toBe('203.0.113.7');
    expect(clientAddress(from('fe80::1%eth0'), none)).toBe('fe80::1');
    expect(clientAddress(from('::ffff:127.0.0.1', '[2001:DB8::5]:4711'), local)).toBe(
      '2001:db8::5',
    );
    expect(clientAddress(from('10.4.4.4', '203.0.113.7:80'), local)).toBe('203.0.113.7');
    expect(clientAddress(from(undefined), none)).toBe('0.0.0.0');
  });
});

describe('what is counted', () => {
  it('is an IPv4 address by itself and an IPv6 network as a whole', () => {
    expect(limitSubject('203.0.113.7')).toBe('203.0.113.7');
    const network = limitSubject('2001:db8:1:2::1');
    expect(network).toBe('2001:db8:1:2::/64');
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 4, maxLength: 4 }),
        (own) => {
          const tail = own.map((group) => group.toString(16)).join(':');
          expect(limitSubject(`2001:db8:1:2:${tail}`)).toBe(network);
          expect(limitSubject(`2001:db8:1:3:${tail}`)).not.toBe(network);
        },
      ),
    );
    expect(limitSubject('::1')).toBe('0:0:0:0::/64');
    expect(limitSubject('2001:db8::')).toBe('2001:db8:0:0::/64');
  });
});

describe('the list of proxies', () => {
  it('is refused where an entry is no address and no range', () => {
    for (const text of [
      'proxy.example',
      '10.0.0.0/33',
      '10.0.0.0/',
      '::/129',
      '10.0.0.0/8/8',
      'fe80::1%a',
    ]) {
      expect(readProxies(text).ok).toBe(false);
    }
  });

  it('holds ranges of both kinds', () => {
    const proxies = proxiesOf('fd00::/8,192.0.2.0/24');
    expect(clientAddress(from('fd12::9', '203.0.113.7'), proxies)).toBe('203.0.113.7');
    expect(clientAddress(from('192.0.2.200', '203.0.113.7'), proxies)).toBe('203.0.113.7');
    expect(clientAddress(from('192.0.3.1', '203.0.113.7'), proxies)).toBe('192.0.3.1');
  });
});
