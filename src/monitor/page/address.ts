/** What the page’s address says behind `#`: `#hooks?hours=24`. The token is taken out of it at once, so that nobody sees or copies it. */

const TOKEN = 'perf-gate token';

/** The token of the address, or the one that this tab came with; null without one. */
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
