import type { Redirection } from 'unbash';
import type { Spot } from './reading.ts';
import { evaluate } from './value.ts';

/**
 * The state in which a command with these redirections runs. Redirections can send the command's output elsewhere, and can replace the
 * event on the command's input.
 */
export function redirected(redirects: readonly Redirection[], spot: Spot): Spot {
  const at = { ...spot };
  for (const redirect of redirects) Object.assign(at, changed(redirect, at));
  return at;
}

function changed(redirect: Redirection, spot: Spot): Partial<Spot> {
  const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
  if (redirect.type === 'HereDoc') return { payload: false };
  if (redirect.type === 'HereString') {
    return { payload: redirect.target !== undefined && evaluate(redirect.target, spot).payload };
  }
  const { operator, target } = redirect;
  if (operator === '<') {
    return (descriptor ?? 0) === 0 ? { payload: spot.payload && target?.value === '/dev/stdin' } : {};
  }
  if (operator === '&>' || operator === '&>>') return { told: false };
  if (!operator.startsWith('>') || (descriptor ?? 1) !== 1) return {};
  const to = target?.value ?? '';
  if (/^(2|\/dev\/stderr)$/.test(to)) return { told: true };
  return /^(1|\/dev\/stdout)$/.test(to) ? {} : { told: false };
}

/** The text that redirections give a command as input. Null if they give no text. */
export const inputOf = (redirects: readonly Redirection[]): string | null =>
  redirects.reduce<string | null>(
    (before, redirect) => (redirect.type === 'HereDoc' ? redirect.body.text : before),
    null,
  );
