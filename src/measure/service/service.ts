import { closeSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure, type GateError } from '../../core/errors.ts';
import { killGroup, start } from '../../core/exec.ts';
import { openForOutput, remove, temporaryDir } from '../../core/fs.ts';
import { letBegin } from '../instruments/helper.ts';
import type { Tools } from '../instruments/instrument.ts';
import { stopWith } from '../instruments/plain.ts';
import { type Arm, temporaryOf } from '../sessions/arm.ts';
import { tailOf } from '../sessions/execute.ts';

/**
 * A program that the measured command needs. `ready`: an http(s) address or `tcp://host:port`. Any response from this address, even an
 * error, means that the service is ready. `cpus`: the CPUs that the service may use, as in `0-2,5`. `politeMs`: after SIGTERM, the service
 * gets this time in ms to end itself. If it still runs after this time, it is killed. The default is 5000 ms.
 */
export type Service = { start: string; ready: string; cpus?: string; politeMs?: number };

/**
 * A service that has been started. `lost` returns the signal that killed the service's supervisor, or null if no signal killed it. The
 * service can still be running after its supervisor has been killed.
 */
export type RunningService = { stop(): Promise<void>; lost(): string | null };

const readyWithinS = 60;
const usualPoliteMs = 5000;

/**
 * Starts the service in an arm and waits until it responds. Errors are returned and not thrown, because a failing service of the candidate
 * counts as a failed execution. The errors are `service_address_taken`, `service_ended` and `service_not_ready`. The error
 * `service_address_taken` means that another program already responds at the address. A measurement would then measure this other program
 * instead of the service.
 */
export async function startService(service: Service, arm: Arm, tools: Tools): Promise<RunningService | GateError> {
  if (await answers(service.ready)) return failure('service_address_taken', { ready: service.ready });
  const dir = temporaryDir(temporaryOf(arm), 'pg-');
  const log = join(dir, 'log');
  const running = launch(service, arm, { log, tools });
  const stop = async () => {
    await running.stop();
    remove(dir);
  };
  const deadline = tools.clock.ms() + readyWithinS * 1000;
  while (!running.ended() && !tools.signal?.aborted && tools.clock.ms() < deadline) {
    if (await answers(service.ready)) return { stop, lost: running.lost };
    await sleep(50);
  }
  const error = running.ended()
    ? failure('service_ended', { command: service.start, output: running.said() })
    : failure('service_not_ready', { command: service.start, ready: service.ready, seconds: readyWithinS });
  await stop();
  return error;
}

/**
 * Starts the service under the instrument's helper, if the instrument has one. The helper kills the service's descendants, even if they
 * left the process group or if this process dies.
 */
function launch(service: Service, arm: Arm, { log, tools }: { log: string; tools: Tools }) {
  const argv: [string, ...string[]] = ['/bin/sh', '-c', service.start];
  const line = tools.instrument.supervise?.(argv, service.cpus) ?? argv;
  const [file, ...args] = arm.room?.enter(line, arm.room.at) ?? line;
  const supervised = tools.instrument.supervise !== null;
  const output = openForOutput(log);
  const child = start(file, args, {
    cwd: arm.dir,
    env: { ...arm.env, PWD: arm.room?.at ?? arm.dir },
    stdio: supervised ? ['ignore', output, output, 'pipe'] : ['ignore', output, output],
    detached: true,
  });
  if (supervised) letBegin(child); // lets the helper start the service; the helper's reading is not used
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = () => (supervised ? child.kill('SIGTERM') : killGroup(child.pid));
  stopWith(child, tools.signal, kill);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  let stopping = false;
  return {
    ended: hasEnded,
    said: () => tailOf(output),
    lost: () => (supervised && !stopping ? child.signalCode : null),
    async stop() {
      stopping = true;
      if (!hasEnded()) {
        if (supervised) child.kill('SIGINT');
        else process.kill(-(child.pid as number), 'SIGTERM');
        await Promise.race([ended, sleep(service.politeMs ?? usualPoliteMs, undefined, { ref: false })]);
      }
      kill();
      await ended;
      closeSync(output);
    },
  };
}

/** Whether any program responds at the address now, even with an error. */
async function answers(ready: string): Promise<boolean> {
  const url = new URL(ready);
  return new Promise((resolve) => {
    const settle = (answered: boolean) => {
      attempt.destroy();
      resolve(answered);
    };
    const attempt =
      url.protocol === 'tcp:'
        ? connect(Number(url.port), url.hostname.replace(/^\[|\]$/g, ''), () => settle(true))
        : url.protocol === 'https:'
          ? httpsGet(url, { agent: false, rejectUnauthorized: false }, () => settle(true))
          : httpGet(url, { agent: false }, () => settle(true));
    attempt.once('error', () => settle(false));
    attempt.setTimeout(1000, () => settle(false));
  });
}
