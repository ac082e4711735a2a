import { createHttpServer } from './http_server.js'
import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

createIgnitor().httpServer().start(createHttpServer).catch(fail)
