import { transform, type Options } from '@swc/core'

/** As `@poppinss/ts-exec` does it for tests and development; a test compares the two. */
const OPTIONS: Options = {
  swcrc: false,
  sourceMaps: true,
  inlineSourcesContent: false,
  module: { type: 'es6' },
  jsc: {
    target: 'esnext',
    parser: { syntax: 'typescript', decorators: true },
    transform: { decoratorMetadata: true, legacyDecorator: true },
    experimental: { keepImportAttributes: true },
    keepClassNames: true,
    // Not among its types.
    ...{ rewriteRelativeImportExtensions: true },
  },
}

/**
 * JavaScript and its source map.
 *
 * @param filename for error messages
 * @param sourceFileName for the map
 */
export async function transpile(filename: string, sourceFileName: string, text: string) {
  const { code, map } = await transform(text, { ...OPTIONS, filename, sourceFileName })
  return { code, map: map! }
}
