/** A compiled terminal with the Expert Advisor on its chart, as a process to be watched and killed. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compiledTerminal } from './compiled-terminal.ts';

export interface TerminalOptions {
  /** Where its files are: journal and status. */
  readonly folder: string;
  /** The path of the broker's socket. */
  readonly broker: string;
  readonly port: number;
  /** `accountId.token`. */
  readonly code: string;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface TerminalProcess {
  /** What it wrote to its log, and whatever a sanitizer had to say. */
  log(): string;
  /** What stands on its chart. */
  status(): Promise<string>;
  readonly exited: Promise<number | null>;
  kill(): Promise<void>;
}

/** Where the device's journal of an account is. */
export function journalPath(folder: string, code: string): string {
  return join(folder, 'Offing', `${code.split('.')[0]}.journal`);
}

export function launchTerminal(options: TerminalOptions): TerminalProcess {
  const { folder, broker, port, code, settings = {} } = options;
  const statusPath = join(folder, `status-${randomUUID()}.txt`);
  const child = spawn(compiledTerminal(), ['run'], {
    env: {
      MQL_FILES: folder,
      MQL_BROKER: broker,
      MQL_ALLOWED: '127.0.0.1',
      MQL_STATUS: statusPath,
      ServerPort: String(port),
      PairingCode: code,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, 'exit').then(([status]) => status as number | null);
  return {
    log: () => log,
    status: () => readFile(statusPath, 'utf8').catch(() => ''),
    exited,
    async kill() {
      child.kill('SIGKILL');
      await exited;
      if (/ERROR: AddressSanitizer|runtime error:|MQL5 CRITICAL/.test(log)) throw new Error(log);
    },
  };
}

/** Asks a part of the program, line by line: `book`, `seal`, `json`. */
export async function askProgram(
  what: 'book' | 'seal' | 'json',
  settings: Readonly<Record<string, string>> = {},
): Promise<{ ask(line: string): Promise<string>; end(): void }> {
  const child = spawn(compiledTerminal(), [what], {
    env: settings,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  child.once('exit', () => {
    for (const { reject } of waiting.splice(0)) reject(new Error('the program broke'));
  });
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) waiting.shift()?.resolve(line);
  });
  await once(child, 'spawn');
  return {
    ask(line) {
      child.stdin.write(`${line}
`);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    end: () => child.stdin.end(),
  };
}
