import edge from 'edge.js'

/** Notes the path of each template whenever it is rendered: Edge asks its compiler each time, which remembers. */
export function noteRenderings() {
  const rendered: string[] = []
  for (const compiler of [edge.compiler, edge.asyncCompiler]) {
    const compile = compiler.compile.bind(compiler)
    compiler.compile = (path, localVariables) => {
      rendered.push(edge.loader.makePath(path).replaceAll('\\', '/'))
      return compile(path, localVariables)
    }
  }
  return rendered
}
