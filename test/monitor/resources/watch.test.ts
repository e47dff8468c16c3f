import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { MonitorEvent } from '../../../src/monitor/event.ts';
import { clientSearch } from '../../../src/monitor/resources/clients.ts';
import { resourceWatch } from '../../../src/monitor/resources/watch.ts';
import { type Client, clientAt, started } from './program.ts';

const uid = process.getuid?.() ?? -1;

/** A watch that follows only these clients, with a clock that the test moves. */
function watching(...clients: Client[]) {
  const events: MonitorEvent[] = [];
  const clock = { at: 0, ms: () => clock.at, now: () => new Date(1_700_000_000_000 + clock.at).toISOString() };
  const search = clientSearch(uid);
  const find = () => search().filter((pid) => clients.some((client) => client.pid === pid));
  const watch = resourceWatch({ clock, keep: (some) => void events.push(...some), find });
  const look = (ms: number) => {
    clock.at += ms;
    watch.look();
    return watch.live();
  };
  const of = (name: string) => events.filter((event) => event.name === name);
  return { look, of, end: watch.end };
}

const bytesWritten = (pid: number) => Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))![1]);

describe.skipIf(process.platform !== 'linux')('a client', () => {
  it.each([
    ['the own installer', 'share/claude/versions/2.1.329', 'claude'],
    ['npm', 'node_modules/@anthropic-ai/claude-code-linux-x64/claude', 'claude'],
    ['the link of npm', 'node_modules/@anthropic-ai/claude-code/bin/claude.exe', 'claude'],
    ['a script that renamed its process', 'bin/node', 'claude'],
  ])('is found by its program: %s', async (_, path, name) => {
    const client = started(clientAt(path), 'echo up; read end', name);
    await client.heard(/up/);
    const search = clientSearch(uid);
    expect([search(), search(), search()].map((found) => found.includes(client.pid))).toEqual([true, true, true]);
    await client.gone();
    expect(search()).not.toContain(client.pid);
  });

  it('is not confused with processes that merely have its name, its folder or an argument with its name', async () => {
    const others = [
      started(clientAt('bin/sh'), 'echo up; read end', 'claude'),
      started(clientAt('claude/versions/tool'), 'echo up; read claude'),
      started(clientAt('bin/node'), 'echo up; read end # @anthropic-ai/claude-code/cli.js'),
    ];
    for (const other of others) await other.heard(/up/);
    const found = clientSearch(uid)();
    expect(others.filter(({ pid }) => found.includes(pid))).toEqual([]);
  });

  it('includes the resources of its child processes, also of those that ended between two readings', async () => {
    const burn = 'i=0; while [ $i -lt 40000 ]; do i=$((i+1)); done';
    const script = `echo up; read go; for n in 1 2 3 4 5 6; do ( ${burn} ); done; ( ${burn}; ${burn} ) & ( dd if=/dev/zero of=out bs=65536 count=48 conv=fsync 2>&1 ); wait; times; read end`;
    const client = started(clientAt('bin/claude'), script);
    const { look } = watching(client);
    await client.heard(/up/);
    look(0);
    const began = bytesWritten(client.pid);
    let [cpu_ms, written_mb, most] = [0, 0, 0];
    const told = client.heard(/\d+m[\d.]+s \d+m[\d.]+s\n\d+m[\d.]+s \d+m[\d.]+s\n/);
    client.tell('go');
    for (let over = false; !over; ) {
      over = await Promise.race([told.then(() => true), sleep(20, false)]);
      // on the test's clock a reading takes 10 s, so that even a late burst is not more than the cores can give
      const { cpu_pct, write_mb_s, processes } = look(10_000)[0]!.look!;
      cpu_ms += 100 * cpu_pct!;
      written_mb += 10 * write_mb_s!;
      most = Math.max(most, processes!);
    }
    const times = [...(await told).matchAll(/(\d+)m([\d.]+)s/g)];
    const real = times.reduce(
      (sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds),
      0,
    );
    expect(cpu_ms).toBeGreaterThanOrEqual(0.9 * real - 60);
    expect(cpu_ms).toBeLessThanOrEqual(1.1 * real + 60);
    expect(written_mb).toBeCloseTo((bytesWritten(client.pid) - began) / 1024 ** 2, 3);
    expect(most).toBeGreaterThan(1);
    expect(real).toBeGreaterThan(100);
  });

  it('gives one event per minute, and one more when it ends, with events of the machine', async () => {
    const client = started(clientAt('bin/claude'), 'echo up; read end');
    const { look, of } = watching(client);
    await client.heard(/up/);
    for (let second = 0; second <= 90; second++) look(1000);
    expect(of('client')).toMatchObject([{ kind: 'resource', source: 'proc', attributes: { looks: 60 } }]);
    await client.gone();
    expect(look(1000)).toEqual([]);
    expect(of('client').map(({ attributes }) => attributes.looks)).toEqual([60, 30]);
    expect(of('client')[0]!.attributes).toMatchObject({
      client: String(client.pid),
      processes: 1,
      rss_mb: expect.any(Number),
      rss_mb_p95: expect.any(Number),
      rss_mb_max: expect.any(Number),
    });
    expect(of('machine').map(({ attributes }) => attributes.load)).toEqual([expect.any(Number), expect.any(Number)]);
    expect(new Set([...of('client'), ...of('machine')].map(({ identity }) => identity)).size).toBe(4);
  });

  it('is counted once together with clients that it starts, and its command line is not stored', async () => {
    const program = clientAt('bin/claude');
    const outer = started(program, `"${program}" -c 'echo up SECRET; read end' SECRET; true`);
    const { look, of, end } = watching(outer);
    await outer.heard(/up/);
    look(0);
    const live = look(1000);
    expect(live).toMatchObject([{ pid: outer.pid, look: { processes: 2 } }]);
    end();
    expect(of('client')).toHaveLength(1);
    expect(JSON.stringify(of('client'))).not.toMatch(/SECRET|claude/);
    await outer.gone();
  });
});
