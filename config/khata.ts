import env from '#start/env'

export default {
  /** What the codes that shops hand over are hashed with. */
  codeSecret: env.get('APP_KEY').release(),
}
