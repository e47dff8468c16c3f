import { failure } from '../../core/errors.ts';
import { quoted } from '../../core/text.ts';

/** Calls GitHub's API and returns the parsed answer. `path` begins with `/repos/`. @throws github_refused */
export type Ask = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object) => Promise<unknown>;

const TIMEOUT_MS = 30_000;

/**
 * A client for GitHub's API, whose address and token are in the runner's environment. Does not follow redirects, which could send the token
 * to another host.
 */
export function github(env: NodeJS.ProcessEnv): Ask {
  const { GITHUB_API_URL: api = 'https://api.github.com', GITHUB_TOKEN: token = '' } = env;
  return async (method, path, body) => {
    const refused = (problem: string) => failure('github_refused', { request: `${method} ${path}`, problem });
    if (token === '') throw refused('GITHUB_TOKEN is not set');
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'perf-gate',
      'x-github-api-version': '2022-11-28',
    };
    const sent = body
      ? { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
      : { headers };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(`${api}${path}`, { method, ...sent, redirect: 'manual', signal }).catch(
      (error: Error) => {
        throw refused(
          error.name === 'TimeoutError'
            ? `no answer came within ${TIMEOUT_MS / 1000} s`
            : 'the server could not be reached',
        );
      },
    );
    const text = await answer.text();
    if (!answer.ok) throw refused(`${answer.status} ${quoted(text, 200)}`);
    try {
      return JSON.parse(text);
    } catch {
      throw refused('the answer is not JSON');
    }
  };
}
