import { createIgnitor } from './ignitor.js'
import { fail } from './fail.js'

const words = process.argv.slice(2)
const asksForHelp = words.length === 0 || words.some((word) => /^(list|help|--help|-h)$/.test(word))

/** Before Ace, which would answer a wrong value with a stack trace. */
if (!asksForHelp) await import('#start/env').catch(fail)

createIgnitor({ withDatabase: !asksForHelp }).ace().handle(words).catch(fail)
