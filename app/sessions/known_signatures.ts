import { MessageBuilder } from '@adonisjs/core/helpers'
import type { Encryption } from '@adonisjs/core/encryption'
import { LRUCache } from 'lru-cache'
import { MEGABYTE } from '#memory/size'

type MessageVerifier = ReturnType<Encryption['getMessageVerifier']>

/**
 * Browsers send the same signed cookies with each request. What was signed by us once is not verified again; its
 * purpose and its expiry are.
 */
export function rememberSignatures(verifier: MessageVerifier, bytes = MEGABYTE) {
  const unsign = verifier.unsign.bind(verifier)
  const known = new LRUCache<string, string>({
    maxSize: bytes,
    sizeCalculation: (content, signed) => 2 * (content.length + signed.length),
  })
  verifier.unsign = (signed: string, purpose?: string) => {
    const content = known.get(signed)
    if (content !== undefined) return new MessageBuilder().verify(content, purpose)
    const value = unsign<never>(signed, purpose)
    if (value !== null) known.set(signed, contentOf(signed))
    return value
  }
}

const contentOf = (signed: string) => Buffer.from(signed.split('.')[0], 'base64url').toString()
