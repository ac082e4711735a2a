import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where `.env`, data and logs are: the project that a build in `.build/<fingerprint>` was made of. */
export const PROJECT_ROOT = basename(dirname(here)) === '.build' ? dirname(dirname(here)) : here
