import type { LiveEvent } from '../serve/live.ts';

/** What a view may ask of the page. */
export type Page = {
  /** A word of the address of the view, such as the session that was picked; it is sent with the request for data. */
  get(name: string): string | null;
  /** Sets it, and loads the view anew. */
  set(name: string, value: string): void;
  /** Goes to another view. */
  go(view: string, words?: Readonly<Record<string, string>>): void;
  /** Posts to `/api/<path>`; null: it was done, else what went wrong. */
  write(path: string, value: unknown): Promise<string | null>;
  /** Whether the page may write. */
  mayWrite: boolean;
};

/** How a view is drawn. `Data`: what the server’s view of the same name gives. */
export type PageView<Data = never> = {
  /** The name of the server’s view. */
  name: string;
  title: string;
  /** What it shows, as one sentence. */
  about: string;
  /** Whether it looks back over a span that the reader chooses. */
  spans: boolean;
  /** Data is asked for a second after news, and not only after the interval. */
  eager?: true;
  /** Draws into an empty element; called again with newer data. What holds the focus keeps it if it has the same `id` again. */
  draw(into: HTMLElement, data: Data, page: Page): void;
  /** What is drawn of new events at once, before newer data is there. */
  live?(into: HTMLElement, events: readonly LiveEvent[]): void;
};
