import { failure } from '../../../core/errors.ts';
import { monitorHome, monitorPaths } from '../../../monitor/home.ts';
import type { Database } from '../../../monitor/store/driver.ts';
import type { Tools } from '../../terminal/tools.ts';

type Env = Pick<Tools, 'env'>;
type Act<Result> = (db: Database) => Result | Promise<Result>;

const fileOf = ({ env }: Env) => monitorPaths(monitorHome(env)).database;

/** Reads the store; null in its place where nothing was ever kept. @throws those of `openForReading` */
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

/** Reads the store. @throws monitor_empty: nothing was ever kept; those of `openForReading` */
export const readStored = <Result>(env: Env, read: Act<Result>): Promise<Result> =>
  readIfAny(env, (db) => {
    if (!db) throw failure('monitor_empty');
    return read(db);
  });

/** Changes a store that is there. @throws monitor_empty, and those of `openStore` */
export async function changeStored<Result>(env: Env, change: Act<Result>): Promise<Result> {
  const { openExisting } = await import('../../../monitor/store/open.ts');
  const db = await openExisting(fileOf(env));
  try {
    return await change(db);
  } finally {
    db.close();
  }
}
