import env from '#start/env'

/**
 * Content security policy: what a page may load, and who may frame it.
 *
 * @param styles hashes of the styles inside the page
 */
const contentSecurity = (styles: string[] = []) =>
  [
    `default-src 'self'`,
    `script-src 'self'`,
    ['style-src', `'self'`, ...styles].join(' '),
    `img-src 'self' data:`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
    `base-uri 'none'`,
  ].join('; ')

/** Permissions policy: the nearest shops need the location, scanning codes the camera. */
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

/** Subdomains may belong to others, and have no certificate. */
const SUBDOMAINS = env.get('HSTS_SUBDOMAINS') ? '; includeSubDomains' : ''

export default {
  contentSecurity,

  /** `same-origin` rather than `no-referrer`, which makes forms send `Origin: null`. */
  everywhere: {
    'Content-Security-Policy': contentSecurity(),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': PERMISSIONS.join(', '),
    'Cross-Origin-Opener-Policy': 'same-origin',
  },
  https: { 'Strict-Transport-Security': `max-age=${YEAR}${SUBDOMAINS}` },
}
