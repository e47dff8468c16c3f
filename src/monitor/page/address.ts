/**
 * Reads and writes the part of the page’s address after `#`, such as `#hooks?hours=24`. The token is removed from the address at once, so
 * that users do not copy the token by accident.
 */

const TOKEN = 'perf-gate token';

/** Moves the token from the address into the storage of this tab. Returns the stored token; null if this tab never had a token. */
export function takeToken(): string | null {
  const token = /^#token=([\w-]+)/.exec(location.hash)?.[1];
  if (token !== undefined) {
    sessionStorage.setItem(TOKEN, token);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(TOKEN);
}

export type Address = { view: string; words: URLSearchParams };

export function addressOf(hash: string): Address {
  const [view = '', words = ''] = hash.replace(/^#/, '').split('?', 2);
  return { view, words: new URLSearchParams(words) };
}

export const hashOf = ({ view, words }: Address): string => (words.size === 0 ? `#${view}` : `#${view}?${words}`);
