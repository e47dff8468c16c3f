import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server for one test, on a socket in its own folder. */
export type Postgres = { url: string; restart(): Promise<void>; stop(): Promise<void> };

/** PostgreSQL refuses to run as root, so tests of root start it as the user of its package. */
const asUser = process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** Also finds the programs of Debian's packages, which are not on the PATH. */
function program(name: string): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, 'bin', name)).find((file) => existsSync(file)) ?? name;
}

const command = (name: string, ...words: string[]): [file: string, words: string[]] => {
  const [file, ...rest] = [...asUser, program(name), ...words];
  return [file!, rest];
};

/** Whether this machine has PostgreSQL. */
export function hasPostgres(): boolean {
  try {
    execFileSync(program('postgres'), ['--version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** Creates a database cluster and starts its server. The caller stops it. */
export async function postgres(): Promise<Postgres> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perf-gate-postgres-')));
  const [data, socket] = [join(root, 'data'), join(root, 'socket')];
  mkdirSync(socket);
  if (asUser.length > 0) {
    const id = (what: string) => Number(execFileSync('id', [what, 'postgres'], { encoding: 'utf8' }));
    for (const dir of [root, socket]) chownSync(dir, id('-u'), id('-g'));
  }
  const run = (name: string, ...words: string[]) => {
    const [file, rest] = command(name, ...words);
    execFileSync(file, rest, { cwd: root, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  };
  run('initdb', '-D', data, '-A', 'trust', '-U', 'perf', '--no-sync', '--no-instructions');
  const start = async () => {
    const [file, words] = command('postgres', '-D', data, '-k', socket, '-F', '-c', 'listen_addresses=');
    // When this process dies, the pipe closes and the server ends at once.
    const server = spawn('/bin/sh', ['-c', '"$@" & read -r _; kill -QUIT $!; wait', 'sh', file, ...words], {
      cwd: root,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = new Promise((done) => server.once('exit', done));
    for (let tries = 0; ; tries++) {
      try {
        run('pg_isready', '-h', socket, '-U', 'perf');
        return { end: () => server.stdin?.end(), ended };
      } catch (error) {
        if (tries > 600) throw error;
        await new Promise((done) => setTimeout(done, 100));
      }
    }
  };
  let server = await start();
  const stop = async () => {
    server.end();
    await server.ended;
  };
  return {
    url: `postgres:///postgres?host=${encodeURIComponent(socket)}&user=perf`,
    async restart() {
      await stop();
      server = await start();
    },
    async stop() {
      await stop();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
