/**
 * Finds a Chromium for the tests, or installs one: the variable CHROMIUM_PATH, the system's,
 * Playwright's, Debian's package when root, then the one that npm carries.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const places = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

const starts = (path) =>
  existsSync(path) &&
  spawnSync(path, ['--version', '--no-sandbox'], { timeout: 30_000 }).status === 0;

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...places].find(starts);
}

async function ofPlaywright() {
  const { chromium } = await import('playwright-core');
  return starts(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function command(program, args) {
  return spawnSync(program, args, { stdio: ['ignore', 2, 2], timeout: 600_000 }).status === 0;
}

function installFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const environment = ['DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  command('env', [...environment, 'update', '-qq']);
  command('env', [...environment, 'install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  return onPath();
}

async function installFromPlaywright() {
  command('npx', ['playwright', 'install', 'chromium']);
  return ofPlaywright();
}

async function installFromNpm() {
  const folder = join(tmpdir(), 'offing-chromium');
  command('npm', ['install', '--prefix', folder, '--no-save', '@sparticuz/chromium@153.0.0']);
  const entry = join(folder, 'node_modules/@sparticuz/chromium/build/index.js');
  if (!existsSync(entry)) return undefined;
  const { default: packaged } = await import(pathToFileURL(entry).href);
  return packaged.executablePath();
}

/** The path of a Chromium that starts; ends the process with a plain word where there is none. */
export async function findChromium(say) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (starts(given)) return given;
    say(`CHROMIUM_PATH is ${given}, which does not start.`);
    process.exit(1);
  }
  const found = onPath() ?? (await ofPlaywright());
  if (found) return found;
  say('Installing a Chromium for the tests (once) …');
  const installed =
    installFromDebian() ?? (await installFromPlaywright()) ?? (await installFromNpm());
  if (installed) return installed;
  say('No Chromium could be found or installed. Install one and set CHROMIUM_PATH to it.');
  process.exit(1);
}
