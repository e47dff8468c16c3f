import type { LiveEvent } from '../serve/live.ts';

/** The functions that a view can call. */
export type Page = {
  /** Returns a parameter from the address of the view, such as the selected session. Every request for data contains these parameters. */
  get(name: string): string | null;
  /** Sets a parameter and reloads the view. */
  set(name: string, value: string): void;
  /** Shows another view. */
  go(view: string, words?: Readonly<Record<string, string>>): void;
  /** Posts a value to `/api/<path>`. Returns null after success, else a description of the problem. */
  write(path: string, value: unknown): Promise<string | null>;
  /** Whether the page has the token, without which the server refuses to write. */
  mayWrite: boolean;
};

/** A view of the page. `Data`: the value that the server’s view with the same name returns. */
export type PageView<Data = never> = {
  /** The name of the server’s view. */
  name: string;
  title: string;
  /** A sentence that describes the view. */
  about: string;
  /** Whether the user can choose the time span. */
  spans: boolean;
  /** If true, new data is requested one second after an event, instead of at the usual interval. */
  eager?: true;
  /**
   * Draws the view into an empty element. Called again when newer data arrives. A focused element keeps the focus if the new view contains
   * an element with the same `id`.
   */
  draw(into: HTMLElement, data: Data, page: Page): void;
  /** Shows new events at once, before the page requests new data for the view. */
  live?(into: HTMLElement, events: readonly LiveEvent[]): void;
};
