import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, type Driver, driverFor } from '../../../src/monitor/store/driver.ts';
import { openStore } from '../../../src/monitor/store/open.ts';
import { folder } from '../../helpers/folder.ts';

/** The drivers that this Node can load: libsql on all, and the built-in SQLite if it exists. */
export const drivers: Driver[] = driverFor(process.versions.node) === 'libsql' ? ['libsql'] : ['libsql', 'node:sqlite'];

/** A store in the test's own folder. */
export async function store(driver?: Driver): Promise<Database> {
  const db = await openStore(join(folder(), 'monitor.db'), driver);
  onTestFinished(() => db.close());
  return db;
}
