import { primary } from '#infra/cluster/primary'
import { createHttpServer } from './http_server.js'
import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

/** A process of a server with several: started by `bin/serve.ts`, which has prepared the database. */
primary().on('alive', () => true)

createIgnitor().httpServer().start(createHttpServer).catch(fail)
