/** What we use of Node's own SQLite: the types of Node 20 do not know it. */
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
