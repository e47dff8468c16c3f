/**
 * Types of Node's module for SQLite. The type definitions of Node 20 lack this module. Functions that the monitor does not use are omitted.
 */
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
