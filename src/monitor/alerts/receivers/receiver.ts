import { isAbsolute } from 'node:path';
import * as z from 'zod';
import type { Notice } from '../notices.ts';
import { severities, time } from '../rule.ts';

const common = {
  name: z.string().regex(/^[A-Za-z][\w-]{0,63}$/, 'must be a short name of letters, digits, - and _'),
  severity: z.enum(severities).default('warning').describe('The least severity that it is told of.'),
  send_resolved: z.boolean().default(true).describe('Whether it is also told that an alert is over.'),
  timeout: time('How long one attempt may take.').default(10_000),
};

/** Credentials in it would be in what `fetch` says of the address. A mistake is told of the receiver, so that no secret is printed. */
const url = z.url({ protocol: /^https?$/, error: 'must be an address with http or https' });
const hasNoCredentials = (receiver: { url: string }) => !/^[^/]*\/\/[^/?#]*@/.test(receiver.url);
const credentials = 'a url without a name and password: put them into `headers: { authorization: … }`';

/** As HTTP allows them: `fetch` quotes any other in its error. */
const canBeSent = ({ headers }: { headers: Record<string, string> }) =>
  Object.entries(headers).every(([key, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(key) && /^[\t\x20-\x7e]*$/.test(value));

/** A relative path would depend on where the service was started. */
const isFindable = ({ command: [file = ''] }: { command: string[] }) => isAbsolute(file) || !/[\\/]/.test(file);

/** Whom alerts are told to. A command and the headers of a webhook act for the user: only their own configuration may name receivers. */
export const receiverSchema = z.discriminatedUnion('type', [
  z
    .strictObject({ type: z.literal('webhook'), ...common, url, headers: z.record(z.string(), z.string()).default({}) })
    .refine(hasNoCredentials, credentials)
    .refine(canBeSent, 'headers of one line, in ASCII'),
  z.strictObject({ type: z.literal('slack'), ...common, url }).refine(hasNoCredentials, credentials),
  z
    .strictObject({ type: z.literal('command'), ...common, command: z.array(z.string().min(1)).min(1) })
    .refine(isFindable, 'a command that begins with an absolute path, or with the name of a program'),
  z.strictObject({ type: z.literal('desktop'), ...common }),
]);

export type Receiver = z.output<typeof receiverSchema>;

/** How one attempt went. `again`: another one may succeed. The problem holds no secret: addresses are told by their host. */
export type Attempt = { ok: true } | { ok: false; again: boolean; problem: string };

/** What senders need of the world. */
export type Senders = { env: NodeJS.ProcessEnv; signal: AbortSignal };

/** What of a notice this receiver is told; null if nothing. */
export function noticeFor({ severity, send_resolved }: Receiver, notice: Notice): Notice | null {
  const alerts = notice.alerts.filter(
    (alert) =>
      severities.indexOf(alert.severity) >= severities.indexOf(severity) && (send_resolved || alert.ended === null),
  );
  if (alerts.length === 0) return null;
  return { ...notice, status: alerts.some(({ ended }) => ended === null) ? 'firing' : 'resolved', alerts };
}
