/** Types of the used part of Node's built-in SQLite, because the types of Node 20 lack this module. */
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
