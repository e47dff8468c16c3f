import type { LiveEvent } from '../serve/live.ts';

/** The functions of the page for its views. */
export type Page = {
  /** A parameter in the address of the view, such as the selected session; it is sent with the request for data. */
  get(name: string): string | null;
  /** Sets a parameter and reloads the view. */
  set(name: string, value: string): void;
  /** Goes to another view. */
  go(view: string, words?: Readonly<Record<string, string>>): void;
  /** Posts to `/api/<path>`. Returns null after success, else the problem. */
  write(path: string, value: unknown): Promise<string | null>;
  /** Whether the page may write. */
  mayWrite: boolean;
};

/** A view of the page. `Data`: the answer of the server’s view with the same name. */
export type PageView<Data = never> = {
  /** The name of the server’s view. */
  name: string;
  title: string;
  /** One sentence on its content. */
  about: string;
  /** Whether the reader chooses the time span. */
  spans: boolean;
  /** Data is requested one second after an event, not only after the interval. */
  eager?: true;
  /**
   * Draws into an empty element; called again with newer data. The focused element keeps the focus if an element with the same `id` exists
   * again.
   */
  draw(into: HTMLElement, data: Data, page: Page): void;
  /** Draws new events at once, before newer data arrives. */
  live?(into: HTMLElement, events: readonly LiveEvent[]): void;
};
