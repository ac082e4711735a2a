import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

createIgnitor().httpServer().start().catch(fail)
