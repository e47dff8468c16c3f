import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { folder } from '../../helpers/folder.ts';
import { profileService } from './served.ts';

const isThere = (tool: string, ...args: string[]) => spawnSync(tool, args).status === 0;

const server = `import { createServer } from 'node:http';
function answer() { let s = 0; for (let i = 0; i < 5e6; i++) s += i % 7; return String(s); }
createServer((_, reply) => reply.end(answer())).listen(process.env.PORT, '127.0.0.1');`;

test.each([['npm start'], ["sh -c 'cd . && node server.mjs; true'"]])(
  'a Node service started by %s is in the profile, although a signal ends it',
  async (start) => {
    const manifest = JSON.stringify({ scripts: { start: 'node server.mjs' } });
    const cwd = folder({ 'server.mjs': server, 'package.json': manifest });
    const { reason, places } = await profileService('node-cpu-prof', start, cwd);
    expect(reason).toBe('');
    expect(places[0]).toMatchObject({ function: 'answer', file: 'server.mjs' });
  },
);

/** Answers in threads, works in a forked process at every answer to come, and waits in a thread that must not count. */
const python = `import multiprocessing, os, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
def answer():
    s = 0
    for i in range(40000): s += i % 7
    return str(s).encode()
def wait():
    while True: time.sleep(0.01)
def beside():
    return sum(i % 7 for i in range(300000))
class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        body = answer()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
if __name__ == '__main__':
    threading.Thread(target=wait, daemon=True).start()
    child = multiprocessing.get_context('fork').Process(target=beside)
    child.start(), child.join()
    ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
`;

test.skipIf(!isThere('python3', '--version'))(
  'a Python service: its threads and processes are profiled, and waiting costs nothing (needs python3)',
  async () => {
    const cwd = folder({ 'server.py': python });
    const { reason, places, files } = await profileService('python-calls', 'PORT=$PORT python3 server.py', cwd);
    expect({ reason, files }).toEqual({ reason: '', files: 2 });
    expect(places[0]).toMatchObject({ function: 'answer', file: 'server.py', line: 3 });
    expect(places[0]!.samples).toBeGreaterThanOrEqual(60);
    expect(places.map((place) => place.function)).toContain('beside');
    const waiting = places.find((place) => place.function === 'wait');
    expect(waiting?.total_pct ?? 0).toBeLessThan(5);
  },
);

test('cProfile reports that it cannot profile a service, and names an alternative', async () => {
  const { reason } = await profileService('cprofile', 'python3 server.py', folder());
  expect(reason).toMatch(/profiles one thread.*`python-calls`/);
});

const c = `#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
long answer(long n) { long s = 0; for (long i = 0; i < n; i++) s += i % 7; return s; }
int main(void) {
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(atoi(getenv("PORT")))};
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 64)) return 1;
  for (;;) {
    int client = accept(server, 0, 0);
    char text[4096], reply[128];
    if (read(client, text, sizeof text) > 0)
      dprintf(client, "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: 10\\r\\n\\r\\n%010ld", answer(50000));
    shutdown(client, SHUT_WR);
    while (read(client, text, sizeof text) > 0) {}
    close(client);
  }
}
`;

test.skipIf(!isThere('valgrind', '--version') || !isThere('cc', '--version'))(
  'a native service: callgrind counts until a signal ends it (needs valgrind and a compiler)',
  async () => {
    const cwd = folder({ 'server.c': c });
    execFileSync('cc', ['-g', '-O0', '-o', 'server', 'server.c'], { cwd });
    const { reason, places } = await profileService('callgrind', 'exec ./server', cwd, 20);
    expect(reason).toBe('');
    expect(places[0]).toMatchObject({ function: 'answer', file: 'server.c', line: 6 });
  },
);

test('a command that names its own program does not wrap the service', async () => {
  const cwd = folder({
    'server.mjs': `import { createServer } from 'node:http';
createServer((_, answer) => answer.end('ok')).listen(Number(process.env.PORT));`,
    'own.mjs': `function own() { let s = 0; for (let i = 0; i < 3e8; i++) s += i % 7; return s; }
const answer = await fetch('http://127.0.0.1:' + process.env.PORT);
if ((await answer.text()) === 'ok') own();`,
  });
  const command = 'node --cpu-prof --cpu-prof-name=own.cpuprofile own.mjs';
  const named = { tool: 'mine', command, output_path: 'own.cpuprofile' };
  const { reason, places } = await profileService(named, 'node server.mjs', cwd);
  expect(reason).toBe('');
  expect(places[0]).toMatchObject({ function: 'own', file: 'own.mjs' });
});
