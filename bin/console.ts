import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

const words = process.argv.slice(2)
const asksForHelp = words.length === 0 || words.some((word) => /^(list|help|--help|-h)$/.test(word))

createIgnitor({ withDatabase: !asksForHelp }).ace().handle(words).catch(fail)
