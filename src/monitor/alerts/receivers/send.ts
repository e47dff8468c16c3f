import { homedir } from 'node:os';
import { run } from '../../../core/exec.ts';
import { cut, lastLines, listed } from '../../../core/text.ts';
import type { Notice } from '../notices.ts';
import type { Payload } from '../payload.ts';
import { post } from './post.ts';
import type { Attempt, Receiver, Senders } from './receiver.ts';
import { slackMessage } from './slack.ts';

type Of<T> = Extract<Receiver, { type: T }>;
type Sender<T> = (receiver: Of<T>, message: Message, senders: Senders) => Promise<Attempt>;
type Message = { notice: Notice; payload: Payload };

/** For each type of receiver, the function that makes one attempt to send a notice. These functions never throw. */
const senders: { [T in Receiver['type']]: Sender<T> } = {
  webhook: ({ url, headers, timeout }, { payload }, { signal }) =>
    post({ url, headers, body: payload, timeout }, signal),
  slack: ({ url, timeout }, { notice, payload }, { signal }) =>
    post({ url, headers: {}, body: slackMessage(notice, payload), timeout }, signal),
  command: ({ command: [file, ...args], timeout }, { payload }, { env, signal }) =>
    attempted(file!, args, { input: `${JSON.stringify(payload)}\n`, timeoutMs: timeout, env, signal }),
  desktop: ({ timeout }, { notice, payload }, { env, signal }) => {
    const urgency = notice.alerts.some(({ severity }) => severity === 'critical') ? 'critical' : 'normal';
    const title = notice.status === 'firing' ? `perf-gate: ${notice.rule}` : `perf-gate: ${notice.rule} is over`;
    const text = cut(listed(payload.alerts.map(({ annotations }) => annotations.summary)), 400)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;');
    const args = ['--app-name=perf-gate', `--urgency=${urgency}`, '--', title, text];
    return attempted('notify-send', args, { timeoutMs: timeout, env, signal });
  },
};

export const sendOnce = <R extends Receiver>(receiver: R, message: Message, world: Senders): Promise<Attempt> =>
  (senders[receiver.type] as unknown as (r: R, m: Message, w: Senders) => Promise<Attempt>)(receiver, message, world);

type Starting = Senders & { input?: string; timeoutMs: number };

/** Runs a program. A failed program is not started again, because the failure may be permanent. */
async function attempted(file: string, args: readonly string[], options: Starting): Promise<Attempt> {
  // the program runs in the home folder, so that no program and no file of a project is used
  const cwd = options.env.HOME || homedir();
  const { exitCode, notFound, timedOut, stderr } = await run(file, args, { ...options, cwd });
  if (exitCode === 0 && !timedOut) return { ok: true };
  const problem = notFound
    ? `${file} could not be started. Is it installed?`
    : timedOut
      ? `${file} did not finish within ${options.timeoutMs / 1000} s`
      : [`${file} ended with ${exitCode ?? 'a signal'}`, lastLines(stderr, 2)].filter(Boolean).join(': ');
  return { ok: false, again: false, problem };
}
