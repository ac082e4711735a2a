import type { Edge } from 'edge.js'

/** Edge compiles what `@include` includes again each time: its own cache is for pages and components only. */
export function compileOnce(compiler: Edge['compiler']) {
  const compile = compiler.compile.bind(compiler)
  const known = new Map<string, ReturnType<typeof compile>>()
  compiler.compile = (path, localVariables = []) => {
    const key = localVariables.length > 0 ? `${path} ${localVariables}` : path
    const compiled = known.get(key) ?? compile(path, localVariables)
    known.set(key, compiled)
    return compiled
  }
}
