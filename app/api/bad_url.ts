import type { IncomingMessage, ServerResponse } from 'node:http'
import { isApiAddress } from '#api/is_api'
import { PROBLEM_TYPE, problemOf } from '#api/problem_schema'

/** Answers a request whose URL cannot be decoded; it never reaches a route. */
export function answerBadUrl({ url = '' }: IncomingMessage, response: ServerResponse) {
  if (!isApiAddress(url)) {
    response.writeHead(400, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Bad Request')
    return
  }
  const problem = problemOf({ status: 400, detail: 'The address cannot be decoded' })
  response.writeHead(400, { 'Content-Type': PROBLEM_TYPE }).end(JSON.stringify(problem))
}
