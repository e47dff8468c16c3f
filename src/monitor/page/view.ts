import type { LiveEvent } from '../serve/live.ts';

/** The functions of the page that its views can call. */
export type Page = {
  /** Returns a parameter in the address of the view, such as the selected session. The parameters are sent with the request for data. */
  get(name: string): string | null;
  /** Sets a parameter and reloads the view. */
  set(name: string, value: string): void;
  /** Shows another view. */
  go(view: string, words?: Readonly<Record<string, string>>): void;
  /** Posts a value to `/api/<path>`. Returns null after success, else a description of the problem. */
  write(path: string, value: unknown): Promise<string | null>;
  /** Whether the page has the token that writing needs. */
  mayWrite: boolean;
};

/** A view of the page. `Data`: the answer of the server’s view with the same name. */
export type PageView<Data = never> = {
  /** The name of the server’s view. */
  name: string;
  title: string;
  /** One sentence on the content of the view. */
  about: string;
  /** Whether the reader chooses the time span. */
  spans: boolean;
  /** Whether data is requested one second after an event instead of at the usual interval. */
  eager?: true;
  /**
   * Draws the view into an empty element. This function is called again when newer data arrives. The focused element keeps the focus if the
   * new drawing has an element with the same `id`.
   */
  draw(into: HTMLElement, data: Data, page: Page): void;
  /** Draws new events at once, before the newer data of the view arrives. */
  live?(into: HTMLElement, events: readonly LiveEvent[]): void;
};
