import env from '#start/env'

export default {
  /** Bearer token for `/metrics` from other machines; localhost needs none. */
  token: env.get('METRICS_TOKEN'),
}
