import { defineConfig, drivers } from '@adonisjs/core/hash'

/** OWASP's minimum for scrypt; tests create thousands of accounts and use the cheapest parameters. */
export const SCRYPT = { cost: 2 ** 15, blockSize: 8, parallelization: 3, maxMemory: 2 ** 26 }
const CHEAPEST = { ...SCRYPT, cost: 2 ** 10, parallelization: 1 }

const hashConfig = defineConfig({
  default: 'scrypt',
  list: {
    scrypt: drivers.scrypt(process.env.NODE_ENV === 'test' ? CHEAPEST : SCRYPT),
  },
})

export default hashConfig

declare module '@adonisjs/core/types' {
  export interface HashersList extends InferHashers<typeof hashConfig> {}
}
