import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Gives the package of a test the project's SQLite, because Node 20 has none built in. `bin`: the folder of the package's launcher. */
export function withSqlite(bin: string): void {
  const modules = join(bin, '../../node_modules');
  if (!readdirSync(join(modules, '..')).includes('node_modules'))
    symlinkSync(join(import.meta.dirname, '../../node_modules'), modules);
}
