import type { InputOptions } from 'rolldown';

export const bundle: InputOptions;
