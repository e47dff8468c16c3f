import * as z from 'zod';

export const room = z.enum(['confirm', 'always', 'off']).meta({
  description:
    'The sessions that run in a closed room: the confirmation (`confirm`), every session (`always`), or none (`off`). In a closed room (a sandbox), a program sees neither the project nor the other arm, and changes nothing outside of its own arm. If left out: `confirm`, if the machine allows closed rooms.',
  examples: ['always'],
});

export const network = z.enum(['none', 'loopback', 'full']).meta({
  description:
    'The network in the closed room: `none`, `loopback` (only the loopback interface of the closed room), or `full` (the network of the machine). If left out: `loopback`, or `full` if the repro has a service or fails with `loopback`.',
  examples: ['full'],
});
