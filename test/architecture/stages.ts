import { builtInWorkflow, readWorkflow } from '../../src/record/workflow.ts';
import { type Source, targetsOf } from './source.ts';

const { definition } = readWorkflow(builtInWorkflow());
const stageNames = Object.keys(definition.stages);

const table = 'src/stages/index.ts';

/** The stage that a file belongs to: `src/stages/fix.ts`, or all that lies in `src/stages/fix/`. */
const ownerOf = (path: string): string | undefined =>
  stageNames.find((name) => path === `src/stages/${name}.ts` || path.startsWith(`src/stages/${name}/`));

const isHead = (path: string, stage: string) =>
  path === `src/stages/${stage}.ts` || path === `src/stages/${stage}/${stage}.ts`;

/** A stage is known to the table alone, and what lies in its folder to that stage alone. */
export const stagesApart = (sources: Source[]): string[] =>
  sources.flatMap((source) =>
    targetsOf(source).flatMap((to) => {
      if (to === table && source.path.startsWith('src/stages/')) return [`${source.path}: imports the table of stages`];
      const owner = ownerOf(to);
      if (!owner || ownerOf(source.path) === owner || (source.path === table && isHead(to, owner))) return [];
      return [`${source.path}: imports ${to}, a file of the stage ${owner}`];
    }),
  );

/** A folder of `src/stages/` is the private room of one stage. */
export const stageFolders = (sources: Source[]): string[] =>
  sources
    .map(({ path }) => path)
    .filter((path) => /^src\/stages\/[^/]+\//.test(path) && !ownerOf(path))
    .map((path) => `${path}: lies in a folder of src/stages that is named after no stage`);

/** Kinds of other things may be called like a stage: an event is a verdict, too. */
const otherThing = /(?:kind|type)$/i;

/** What must be known of a stage stands in its row of the table: a team may call its own stages otherwise. */
export const stagesUncompared = (sources: Source[]): string[] =>
  sources
    .filter(({ path }) => !path.startsWith('src/stages/'))
    .filter(({ compared }) => compared.some(({ of, text }) => stageNames.includes(text) && !otherThing.test(of)))
    .map(({ path }) => `${path}: compares with the name of a stage`);

/** The machine decides and does nothing. */
export const pureMachine = (sources: Source[]): string[] => {
  const known = ['xstate', './definition.ts', './fold.ts'];
  return sources
    .filter(({ path }) => path === 'src/record/machine.ts')
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => !known.includes(from))
        .map(({ from }) => `${path}: imports ${from}; it must stay pure`),
    );
};
