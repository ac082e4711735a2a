import type { Edge } from 'edge.js'

/** Edge compiles what is included with `@include` again each time; its own cache knows only pages and components. */
export function compileOnce(compiler: Edge['asyncCompiler']) {
  const compile = compiler.compile.bind(compiler)
  const included = new Map<string, ReturnType<typeof compile>>()
  compiler.compile = (path, localVariables) => {
    if (!localVariables) return compile(path)
    const key = [path, ...localVariables].join(' ')
    const known = included.get(key) ?? compile(path, localVariables)
    included.set(key, known)
    return known
  }
}
