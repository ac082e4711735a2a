export const JSON_BODY = ['application/json']
export const FORM_BODY = ['application/x-www-form-urlencoded']

export const ID = '01941f29-d5d9-700e-9171-c0e046b6a174'

/** For creating operations: repeating the request with the same key creates only one. */
export const IDEMPOTENCY_KEY = {
  'Idempotency-Key': 'A unique text for this request; the same for every retry',
}

export const IF_MATCH = { 'If-Match': 'The `ETag` from reading it, with or without `W/`, or `*`' }
