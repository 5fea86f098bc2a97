import { expect, test } from 'vitest';
import { mailAddress, readSender } from './address.ts';
import type { Mail } from './mail.ts';
import { consoleProvider } from './providers/console.ts';

async function said(isTerminal: boolean): Promise<string> {
  const open = consoleProvider.open({});
  const from = readSender('offing@localhost');
  const to = mailAddress('trader@example.com');
  if (!open.ok || !from || !to) throw new Error('the console needs nothing');
  const lines: string[] = [];
  const mail: Mail = {
    ...{ from, to, subject: 'Confirm your e-mail address', messageId: '<1@x>', writtenMs: 0 },
    text: 'Confirm:\nhttps://offing.example/account/verify/#canary-4711\n',
    html: '',
  };
  const outboxUrl = 'http://localhost:5170/admin/';
  await open.value({ say: (line) => lines.push(line), isTerminal, outboxUrl }).send(mail);
  return lines.join('\n');
}

test('prints the whole mail for a person at a terminal', async () => {
  const text = await said(true);
  expect(text).toContain('trader@example.com');
  expect(text).toContain('canary-4711');
});

test('tells a log neither the link nor the address, but where to read the mail', async () => {
  const text = await said(false);
  expect(text).toContain('example.com');
  expect(text).toContain('Confirm your e-mail address');
  expect(text).toContain('http://localhost:5170/admin/');
  expect(text).not.toContain('canary-4711');
  expect(text).not.toContain('trader');
});
