import env from '#start/env'

export default {
  /** Who can use demo accounts: everyone, nobody, or, when unset, local requests. */
  open: env.get('DEMO'),
}
