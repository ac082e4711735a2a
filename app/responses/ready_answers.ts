import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import type { HttpContext } from '@adonisjs/core/http'
import { isApiAddress } from '#api/is_api'
import markup from '#config/markup'
import type { EncodedBody } from '#markup/encoded_body'
import { ReadyAnswer } from '#responses/ready_answer'
import { headersOf, keyOf } from '#responses/request_key'

interface Ready {
  answer: ReadyAnswer
  eachTime: HttpContext['eachTime']
}

/** How the application says that an answer is for everybody, or for the token's user only. */
const REPEATABLE = { page: 'public, no-cache', api: 'private, no-cache' }

/** By what the application was asked; it changes the headers of some requests. */
const asked = new WeakMap<IncomingMessage, string>()

const answers = new LRUCache<string, Ready>({
  maxSize: markup.readyBytes,
  sizeCalculation: ({ answer }, key) => 2 * key.length + answer.size,
})

/** An answer that the application has just made may be sent again to requests that say the same. */
export function keepReady(ctx: HttpContext, body: EncodedBody) {
  const { eachTime, madeOf, request, response } = ctx
  const key = madeOf && asked.get(request.request)
  if (!key || response.getStatus() !== 200) return
  const sent = response.getHeaders() as Record<string, string>
  const url = request.request.url!
  const depends = String(sent.vary).toLowerCase().split(/,\s*/)
  const isRepeatable = sent['cache-control'] === REPEATABLE[isApiAddress(url) ? 'api' : 'page']
  if (!isRepeatable || sent['set-cookie']) return
  if (!depends.every((name) => headersOf(url).includes(name))) return
  answers.set(key, { answer: new ReadyAnswer(sent, body, madeOf), eachTime })
}

/**
 * Sends what the application would answer: it would get the very values that it made this answer of. Otherwise the
 * application is asked.
 */
export function sendReady(
  request: IncomingMessage,
  response: ServerResponse,
  { id, ask }: { id: string; ask: () => void }
) {
  const key = keyOf(request)
  const ready = key === null ? undefined : answers.get(key)
  const body = ready?.answer.bodyFor(request)
  if (!ready || !body) {
    if (key !== null) asked.set(request, key)
    return ask()
  }
  const send = (more: string[] = []) =>
    ready.answer.send(body, request, response, ['x-request-id', id, ...more])
  if (ready.eachTime) ready.eachTime().then(send, ask)
  else send()
}
