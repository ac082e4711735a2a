import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

createIgnitor().ace().handle(process.argv.slice(2)).catch(fail)
