import type { Frame, Profile } from '../model.ts';

/**
 * Assigns frames of inlined code to their functions. perf names the compiled function, but with the line of the inlined source, which may
 * be in a header: `fill` at `stl_algo.h:1870`. If other frames show that the function belongs to the project, the inlined frames count for
 * this function too, without a line.
 */
export function withInlinedLines(profile: Profile): Profile {
  const own = new Map<string, Frame>();
  for (const frame of profile.frames)
    if (frame.kind === 'project' && !own.has(frame.function)) own.set(frame.function, frame);
  const owners = profile.frames.map((frame) => (isElsewhere(frame) ? own.get(frame.function) : undefined));
  if (owners.every((owner) => owner === undefined)) return profile;
  return {
    ...profile,
    frames: profile.frames.map((frame, i) => owners[i] ?? frame),
    nodes: profile.nodes.map((node) => (owners[node.frame] ? { ...node, line: null } : node)),
  };
}

/** Whether a frame's file is named without folders and does not belong to the project. */
const isElsewhere = ({ kind, file }: Frame) => kind === 'dependency' && file !== null && !file.includes('/');
