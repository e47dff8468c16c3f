import type { Contract } from '../../../contract/schema/contract.ts';
import { readUserText } from '../../../core/user-file.ts';
import type { Asked } from '../../../fleet/client/ask.ts';
import { databaseOf, fleetName, whoAsks } from '../../../fleet/names.ts';
import type { Tools } from '../../terminal/tools.ts';

/** The request that is sent to a fleet. `path`: the contract's file. @throws usage, fleet_no_database */
export const askedOf = (
  { on, database, remote }: { on: string; database: string | undefined; remote: string | undefined },
  { path, ...what }: Pick<Asked, 'what' | 'base' | 'head' | 'noWorseThan'> & { contract: Contract; path: string },
  { env }: Pick<Tools, 'env'>,
): Asked => ({
  ...what,
  url: databaseOf(database, env),
  on: fleetName(on, '--on'),
  text: readUserText(path),
  remote: remote ?? null,
  by: whoAsks(),
});
