import { expect, test } from 'vitest';
import { run, start } from '../../src/core/exec.ts';
import { captureProfile } from '../../src/profile/capture.ts';
import { hotspots } from '../../src/profile/hotspots.ts';
import { folder } from './programs.ts';

const server = `import { createServer } from 'node:http';
function answer() { let s = 0; for (let i = 0; i < 5e7; i++) s += i % 7; return String(s); }
createServer((_, reply) => reply.end(answer())).listen(process.env.SOCKET);`;

const client = `import { get } from 'node:http';
for (let i = 0; i < 5; i++) await new Promise((done, failed) =>
  get({ socketPath: process.env.SOCKET, path: '/' }, (reply) => reply.resume().on('end', done)).on('error', failed));`;

test('a service that runs around the repro is in the profile, although a signal ends it', async () => {
  const cwd = folder({ 'server.mjs': server, 'client.mjs': client });
  const env = { ...process.env, SOCKET: `${cwd}/socket` };
  const result = await captureProfile({
    tool: 'node-cpu-prof',
    script: `${process.execPath} client.mjs`,
    cwd,
    env,
    timeout_s: 60,
    outDir: folder(),
    scratch: folder(),
    async around(environment, act) {
      const child = start('node', ['server.mjs'], { cwd, env: environment as NodeJS.ProcessEnv, stdio: 'ignore' });
      const ended = new Promise((done) => child.once('close', done));
      await run('sh', ['-c', 'for i in $(seq 200); do [ -S "$SOCKET" ] && exit; sleep 0.05; done'], { env });
      try {
        return await act();
      } finally {
        child.kill('SIGTERM');
        await ended;
      }
    },
  });
  if (result.state !== 'profiled') throw new Error(result.reason);
  expect(hotspots(result.profile!, cwd).hotspots[0]).toMatchObject({ function: 'answer', file: 'server.mjs' });
});
