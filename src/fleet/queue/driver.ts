import { failure } from '../../core/errors.ts';
import { userName } from '../names.ts';

/** The two packages that connect to PostgreSQL. Both packages are optional, because measuring on one machine needs neither package. */
export type Driver = { pg: typeof import('pg').default; PgBoss: typeof import('pg-boss').PgBoss };

/** @throws fleet_no_engine */
export async function loadDriver(): Promise<Driver> {
  try {
    const [pg, { PgBoss }] = await Promise.all([import('pg'), import('pg-boss')]);
    // The default is the name of the system's user, as in psql. The package pg reads only $USER, which services do not set.
    pg.default.defaults.user ??= userName();
    return { pg: pg.default, PgBoss };
  } catch (error) {
    throw failure('fleet_no_engine', { node: process.versions.node, reason: (error as Error).message.split('\n')[0]! });
  }
}

/** The name of a database in messages: host, port and name, without user and password. */
export function databaseName(url: string): string {
  try {
    const { hostname, port, pathname, searchParams } = new URL(url);
    const host = searchParams.get('host') ?? hostname;
    return `${host || 'this machine'}${port && `:${port}`}${pathname}`;
  } catch {
    return 'the given address';
  }
}
