/** The used part of Node's built-in SQLite, which the types of Node 20 lack. */
declare module 'node:sqlite' {
  type Statement = {
    run(...values: unknown[]): { changes: number | bigint };
    all(...values: unknown[]): unknown[];
  };
  export const DatabaseSync: new (
    file: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): Statement;
    close(): void;
  };
}
