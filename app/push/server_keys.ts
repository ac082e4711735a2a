import { createECDH, ECDH, hkdfSync } from 'node:crypto'

/** In base64url, as VAPID wants them. */
export interface ServerKeys {
  publicKey: string
  privateKey: string
}

const CURVE = 'prime256v1'
/** Order of the curve P-256, see FIPS 186-5 and SP 800-186, 3.2.1.3. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
/** 64 bits more than the order has, so that the remainder is not biased: FIPS 186-5, A.2.1. */
const SEED_BYTES = 40

const derived = new Map<string, ServerKeys>()

/** The key pair by which push services know this installation. All its servers derive the same one from the secret. */
export function serverKeys(secret: string): ServerKeys {
  const known = derived.get(secret) ?? derive(secret)
  derived.set(secret, known)
  return known
}

/** Whether a browser's key is an uncompressed point of the curve, in base64url. */
export function isPoint(key: string) {
  const point = Buffer.from(key, 'base64url')
  try {
    return ECDH.convertKey(point, CURVE, undefined, 'base64url', 'uncompressed') === key
  } catch {
    return false
  }
}

function derive(secret: string): ServerKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'web push', SEED_BYTES))
  const scalar = (BigInt(`0x${seed.toString('hex')}`) % (ORDER - 1n)) + 1n
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
  const pair = createECDH(CURVE)
  pair.setPrivateKey(privateKey)
  return {
    publicKey: pair.getPublicKey('base64url', 'uncompressed'),
    privateKey: privateKey.toString('base64url'),
  }
}
