/**
 * Loaded before a server (`node --import`): notes in the file `LATENESS` every module that is resolved and every
 * template that is compiled. Node runs it without the loader of the tests.
 */
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const note = (line: string) => appendFileSync(process.env.LATENESS!, `${line}\n`)

registerHooks({
  resolve(specifier, context, next) {
    note(`module ${specifier} for ${context.parentURL}`)
    return next(specifier, context)
  },
})

const { default: edge } = await import('edge.js')
edge.processor.process('compiled', ({ path }) => note(`template ${path}`))
