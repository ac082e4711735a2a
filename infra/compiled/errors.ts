/** Some sources cannot be compiled. The message has the place and the line of each. */
export class BuildFailed extends Error {
  static readonly code = 'E_BUILD_FAILED'
  readonly code = BuildFailed.code

  constructor(reasons: unknown[]) {
    super(reasons.map((reason) => (reason as Error).message.trim()).join('\n\n'), {
      cause: reasons[0],
    })
  }
}

/** There is no build of these sources, and none can be written. */
export class BuildMissing extends Error {
  static readonly code = 'E_BUILD_MISSING'
  readonly code = BuildMissing.code

  constructor(directory: string, cause: unknown) {
    super(
      `${directory} has no build of these sources and cannot be written: run \`npm run build\` as its owner`,
      { cause }
    )
  }
}
