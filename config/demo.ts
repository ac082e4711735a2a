import env from '#start/env'

export default {
  /** Who may use demo accounts: everyone, nobody, or, when it is not set, people on this machine. */
  open: env.get('DEMO'),
}
