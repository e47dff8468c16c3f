import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Gives the package of a test, which has no SQLite of its own, that of the project: Node 20 brings none. `bin`: of the package. */
export function withSqlite(bin: string): void {
  const modules = join(bin, '../../node_modules');
  if (!readdirSync(join(modules, '..')).includes('node_modules'))
    symlinkSync(join(import.meta.dirname, '../../node_modules'), modules);
}
