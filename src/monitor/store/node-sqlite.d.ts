/** What we use of Node's own SQLite: the types of Node 20 do not know it. */
declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(file: string);
    exec(sql: string): void;
    prepare(sql: string): {
      run(...values: unknown[]): { changes: number | bigint };
      all(...values: unknown[]): unknown[];
    };
    close(): void;
  }
}
