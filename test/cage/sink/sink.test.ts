import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it, vi } from 'vitest';
import { openVisit, type Room } from '../../../src/cage/room.ts';
import { openSink, resolvConf } from '../../../src/cage/sink/sink.ts';
import { put } from '../../helpers/folder.ts';
import { place, cwd as top } from '../../helpers/own-cache.ts';

const env = { ...process.env, ...place.env };
const opened: Room[] = [];
afterAll(() => {
  for (const room of opened) room.close();
});

put(top, 'resolv.conf', resolvConf);
const visit = {
  discarding: [],
  own: [],
  covers: [],
  views: [{ folder: join(top, 'resolv.conf'), at: '/etc/resolv.conf' }],
  hidden: [],
  network: 'loopback',
} as const;

/** Asks for a page twice by HTTP, speaks to another port without HTTP, and looks up a name. Prints what came of it. */
const calls = `
  const { get } = require('http'), { connect } = require('net'), { lookup } = require('dns');
  const page = () => new Promise((done) => get('http://API.example/x', (answer) => done(answer.statusCode)));
  const began = process.hrtime.bigint();
  page().then((first) => page().then((second) => {
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    connect(443, 'other.example').on('close', () => lookup('third.example', (_, found) =>
      console.log(JSON.stringify({ first, second, isLate: ms >= 2 * 40, found })))).write('hello');
  }));`;

it('a sink reports the hosts that programs call, answers after the delay, and lets nothing through', async (context) => {
  const room = await openVisit(visit, env);
  if ('missing' in room) return context.skip(`no namespaces here: ${room.missing}`);
  opened.push(room);
  const sink = await openSink(room, env, 40);
  if ('missing' in sink) throw new Error(sink.missing);
  const [file, ...args] = room.enter([process.execPath, '-e', calls], '/');
  const { stdout } = await promisify(execFile)(file, args);
  expect(JSON.parse(stdout)).toEqual({ first: 404, second: 404, isLate: true, found: '127.77.0.3' });
  const asked = await sink.contacts();
  expect(asked?.filter((contact) => 'tcp' in contact)).toEqual([
    { tcp: 80, host: 'api.example' },
    { tcp: 80, host: 'api.example' },
    { tcp: 443, host: 'other.example' },
  ]);
  expect(new Set(asked?.flatMap((contact) => ('dns' in contact ? [contact.dns] : [])))).toEqual(
    new Set(['api.example', 'other.example', 'third.example']),
  );
  expect(await sink.contacts()).toEqual([]);
  sink.close();
  // it may answer once more before the signal reaches it
  await vi.waitFor(async () => expect(await sink.contacts()).toBeUndefined(), 20_000);
});
