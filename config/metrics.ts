import env from '#start/env'

export default {
  /** Who shows this as a bearer token may read `/metrics` from elsewhere; this machine always may. */
  token: env.get('METRICS_TOKEN'),
}
