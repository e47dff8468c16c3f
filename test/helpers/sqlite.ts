import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Links the project's `node_modules` into a test's package, for its SQLite, which Node 20 lacks. `bin`: the package's launcher. */
export function withSqlite(bin: string): void {
  const modules = join(bin, '../../node_modules');
  if (!readdirSync(join(modules, '..')).includes('node_modules'))
    symlinkSync(join(import.meta.dirname, '../../node_modules'), modules);
}
