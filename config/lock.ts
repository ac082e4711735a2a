import { defineConfig, stores } from '@adonisjs/lock'

/** Not the memory store: it can grant a lock twice when several callers wait for the same key. */
const lockConfig = defineConfig({
  default: 'database',
  stores: {
    database: stores.database({
      connectionName: 'primary',
      tableName: 'locks',
    }),
  },
})

export default lockConfig

declare module '@adonisjs/lock/types' {
  export interface LockStoresList extends InferLockStores<typeof lockConfig> {}
}
