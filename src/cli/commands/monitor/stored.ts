import { failure } from '../../../core/errors.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';

type Env = Pick<Tools, 'env'>;
type Act<Result> = (db: Database) => Result | Promise<Result>;

const fileOf = ({ env }: Env) => monitorPaths(monitorHome(env)).database;

/** Calls `read` with the store, or with null if the store does not exist. @throws errors of `openForReading` */
export async function readIfAny<Result>(
  env: Env,
  read: (db: Database | null) => Result | Promise<Result>,
): Promise<Result> {
  const { openForReading } = await import('../../../monitor/store/open.ts');
  const db = await openForReading(fileOf(env));
  try {
    return await read(db ?? null);
  } finally {
    db?.close();
  }
}

/** Reads the store. @throws monitor_empty: the store does not exist; errors of `openForReading` */
export const readStored = <Result>(env: Env, read: Act<Result>): Promise<Result> =>
  readIfAny(env, (db) => {
    if (!db) throw failure('monitor_empty');
    return read(db);
  });

/** Changes an existing store. @throws monitor_empty, and errors of `openStore` */
export async function changeStored<Result>(env: Env, change: Act<Result>): Promise<Result> {
  const { openExisting } = await import('../../../monitor/store/open.ts');
  const db = await openExisting(fileOf(env));
  try {
    return await change(db);
  } finally {
    db.close();
  }
}
