import env from '#start/env'

/** What a page may load, and who may show it in a frame. */
const CONTENT = {
  'default-src': `'self'`,
  'script-src': `'self'`,
  'style-src': `'self'`,
  'img-src': `'self' data:`,
  'form-action': `'self'`,
  'frame-ancestors': `'none'`,
  'object-src': `'none'`,
  'base-uri': `'none'`,
}

/** What a page may ask a phone for: the nearest shops, and codes to scan. */
const OWN = ['geolocation', 'camera']
const OFF = [
  'accelerometer',
  'display-capture',
  'encrypted-media',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
const PERMISSIONS = [...OWN.map((name) => `${name}=(self)`), ...OFF.map((name) => `${name}=()`)]

const YEAR = 365 * 24 * 60 * 60

/** The hosts below ours may be somebody else's, and without a certificate. */
const SUBDOMAINS = env.get('HSTS_SUBDOMAINS') ? '; includeSubDomains' : ''

export default {
  /** `same-origin` and not `no-referrer`, with which forms would say `Origin: null`. */
  everywhere: {
    'Content-Security-Policy': Object.entries(CONTENT)
      .map((directive) => directive.join(' '))
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': PERMISSIONS.join(', '),
    'Cross-Origin-Opener-Policy': 'same-origin',
  },
  https: { 'Strict-Transport-Security': `max-age=${YEAR}${SUBDOMAINS}` },
}
