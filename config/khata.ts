import env from '#start/env'

export default {
  /** Key for the digests of khata codes. */
  codeSecret: env.get('APP_KEY').release(),
}
