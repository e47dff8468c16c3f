import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { Notice } from '../notices.ts';
import { severities, time } from '../rule.ts';

const common = {
  name: z
    .string()
    .regex(/^[A-Za-z][\w-]{0,63}$/, 'a short name that begins with a letter and has only letters, digits, - and _'),
  severity: z.enum(severities).default('warning').describe('The lowest severity that is sent to this receiver.'),
  send_resolved: z.boolean().default(true).describe('Whether the end of an alert is sent too.'),
  timeout: time('The time limit of one attempt.').default(10_000),
};

/**
 * The address of a webhook. The address must not contain credentials, because `fetch` quotes the address in its errors. If an address has
 * credentials, the error message names the receiver instead of the address.
 */
const url = z.url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' });
const hasNoCredentials = (receiver: { url: string }) => !/^[^/]*\/\/[^/?#]*@/.test(receiver.url);
const credentials = 'an address without a user name and password; put them in `headers: { authorization: … }`';

/** Whether HTTP allows these headers. Headers that HTTP does not allow are rejected here, because `fetch` would quote them in an error. */
const canBeSent = ({ headers }: { headers: Record<string, string> }) =>
  Object.entries(headers).every(([key, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(key) && /^[\t\x20-\x7e]*$/.test(value));

/**
 * Whether a command's program is an absolute path or a bare name. A relative path would depend on the folder in which the service was
 * started.
 */
const isFindable = ({ command: [file = ''] }: { command: string[] }) => isAbsolute(file) || !/[\\/]/.test(file);

/**
 * A receiver of alerts. A receiver can run a command or send headers with credentials, so only the user’s own configuration may define
 * receivers.
 */
export const receiverSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('webhook'), ...common, url, headers: z.record(z.string(), z.string()).default({}) })
    .refine(hasNoCredentials, credentials)
    .refine(canBeSent, 'headers without line breaks, in ASCII'),
  z.strictObject({ type: z.literal('slack'), ...common, url }).refine(hasNoCredentials, credentials),
  z
    .strictObject({ type: z.literal('command'), ...common, command: z.array(z.string().min(1)).min(1) })
    .refine(isFindable, 'a command whose first word is an absolute path or the name of a program'),
  z.strictObject({ type: z.literal('desktop'), ...common }),
]);

export type Receiver = z.output<typeof receiverSchema>;

/**
 * The outcome of one attempt to send. `again`: whether another attempt could succeed. `problem` contains no secret, because addresses are
 * shortened to their hosts.
 */
export type Attempt = { ok: true } | { ok: false; again: boolean; problem: string };

/** The dependencies of senders. */
export type Senders = { env: NodeJS.ProcessEnv; signal: AbortSignal };

/** The part of a notice that the receiver's settings accept. Null if the settings accept no part. */
export function noticeFor({ severity, send_resolved }: Receiver, notice: Notice): Notice | null {
  const alerts = notice.alerts.filter(
    (alert) =>
      severities.indexOf(alert.severity) >= severities.indexOf(severity) && (send_resolved || alert.ended === null),
  );
  if (alerts.length === 0) return null;
  return { ...notice, status: alerts.some(({ ended }) => ended === null) ? 'firing' : 'resolved', alerts };
}
