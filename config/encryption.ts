import env from '#start/env'
import { defineConfig, drivers } from '@adonisjs/core/encryption'

/** The first key signs and encrypts; what earlier ones made is still read, so that a new key logs nobody out. */
const keys = [env.get('APP_KEY'), ...(env.get('EARLIER_APP_KEYS')?.split(',') ?? [])]

const encryptionConfig = defineConfig({
  default: 'gcm',
  list: { gcm: drivers.aes256gcm({ keys, id: 'gcm' }) },
})

export default encryptionConfig

declare module '@adonisjs/core/types' {
  export interface EncryptorsList extends InferEncryptors<typeof encryptionConfig> {}
}
