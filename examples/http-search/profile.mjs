// Profiles the server, not the load: node profile.mjs FILE.cpuprofile
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname } from 'node:path';

const file = process.argv[2];
const port = 8392;
const flags = ['--cpu-prof', '--cpu-prof-dir', dirname(file), '--cpu-prof-name', basename(file)];
const server = spawn(process.execPath, [...flags, 'server.mjs'], { env: { ...process.env, PORT: String(port) } });
const get = (path) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.text());
while (!(await get('/health').catch(() => ''))) await new Promise((done) => setTimeout(done, 20));
for (let i = 0; i < 100; i++) await get('/search?q=cafe%20muller');
server.kill('SIGTERM');
await once(server, 'exit');
