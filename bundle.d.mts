import type { InputOptions } from 'rolldown';

export const bundle: InputOptions;

export const page: InputOptions;
