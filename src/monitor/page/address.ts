/**
 * The part of the page’s address after `#`: `#hooks?hours=24`. The token is removed from it at once, so that it is neither visible nor
 * copied by accident.
 */

const TOKEN = 'perf-gate token';

/** The token of the address, else the one that this tab was opened with; null without either. */
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
