import { expect, it } from 'vitest';
import { withAddress } from './connector-file.ts';

const file = [
  '// ServerHost = "somewhere";',
  'input string ServerHost = "127.0.0.1"; // the host',
  'input int    ServerPort = 5170;',
  'input bool   ServerTls = false;',
  'string other = "ServerHost = \\"x\\";";',
].join('\n');

it.each([
  ['https://offing.example', '"offing.example"', '443', 'true'],
  ['https://offing.example:8443', '"offing.example"', '8443', 'true'],
  ['http://localhost:5170', '"127.0.0.1"', '5170', 'false'],
])('says in the inputs how %s is reached, and changes nothing else', (address, host, port, tls) => {
  const lines = withAddress(file, address).split('\n');
  expect(lines[1]).toBe(`input string ServerHost = ${host}; // the host`);
  expect(lines[2]).toBe(`input int    ServerPort = ${port};`);
  expect(lines[3]).toBe(`input bool   ServerTls = ${tls};`);
  expect([lines[0], lines[4]]).toEqual([file.split('\n')[0], file.split('\n')[4]]);
});
