import type { Attempt } from './receiver.ts';

export type Post = { url: string; headers: Record<string, string>; body: unknown; timeout: number };

/**
 * Posts JSON once. Redirects are not followed, so that the message and its headers never go to another host. Only the status of the
 * response is read.
 */
export async function post({ url, headers, body, timeout }: Post, signal: AbortSignal): Promise<Attempt> {
  const { host } = new URL(url);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'perf-gate', ...headers },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    });
    void answer.body?.cancel().catch(() => {});
    if (answer.ok) return { ok: true };
    const again = answer.status >= 500 || answer.status === 429 || answer.status === 408;
    return { ok: false, again, problem: `${host} answered ${answer.status}` };
  } catch (error) {
    if (signal.aborted) return { ok: false, again: false, problem: 'stopped' };
    const hasTimedOut = (error as Error).name === 'TimeoutError';
    const problem = hasTimedOut
      ? `${host} did not answer within ${timeout / 1000} s`
      : `${host} ${reason(error as Error)}`;
    return { ok: false, again: true, problem };
  }
}

/**
 * Why a request failed. If `fetch` throws an error, the message of the error lacks the reason. The reason is the code or the message in
 * the `cause` of the error.
 */
function reason({ cause, name }: Error): string {
  const { code, message } = (cause ?? {}) as { code?: string; message?: string };
  return `could not be reached (${code ?? message ?? name})`;
}
