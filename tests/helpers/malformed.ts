import { readdir } from 'node:fs/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import { VineValidator } from '@vinejs/vine'

/** Replacements for an id, role or file name in a path. */
export const PARAMETERS = [
  'abc',
  '0',
  '-1',
  '9'.repeat(400),
  '%00',
  'a%00b',
  '%F0%9F',
  '%ZZ',
  '%',
  '%ED%A0%80',
  '%27%20OR%201=1',
  '..%2f..%2fetc',
  '..%5c',
  '0198c0de-0000-7000-8000-00000000000g',
  '{0198c0de-0000-7000-8000-000000000000}',
  'x'.repeat(5_000),
  '__proto__',
  'नमक',
].map((text) => (/^[\x21-\x7e]*$/.test(text) ? text : encodeURIComponent(text)))

/** Values of a field in a query or form. */
export const VALUES = [
  '=%00',
  '=a%00b',
  '=%ED%A0%80',
  '=%',
  '=%ZZ',
  '=%F0%9F',
  '=1e308',
  `=${'9'.repeat(400)}`,
  '=-1',
  '=NaN',
  '[]=x',
  '=x&%=y',
  '[a]=x',
  '[__proto__]=x',
  '[toString]=x',
  '[0][1][2][3][4][5][6][7]=x',
  `=${'x'.repeat(2_000)}`,
  '=%EF%BF%BE%F4%8F%BF%BF',
  '=2025-02-31T25:61:61Z',
]

/** Whole queries and forms. */
const TEXTS = [
  '%',
  '%00=%00',
  '&&&=&=',
  '__proto__[a]=x&constructor[prototype][a]=x&hasOwnProperty=x&toString=x&valueOf[]=x',
  `a${'[b]'.repeat(10_000)}=x`,
  `a${'.b'.repeat(10_000)}=x`,
  `a${'[]'.repeat(5_000)}=x`,
  'a=x&'.repeat(5_000),
  Array.from({ length: 1_500 }, (_, i) => `a[${i}]=x`).join('&'),
  'a[999999999]=x',
  `q=${'x'.repeat(60_000)}`,
]

/** Every field name known to a validator. */
export async function fieldNames() {
  const names = new Set<string>(['_method', '_csrf', 'form_key', 'flash', 'cursor', 'after', 'q'])
  for (const file of await readdir(app.makePath('app/validators'))) {
    const exported = Object.values(await import(app.makePath('app/validators', file)))
    for (const validator of exported) {
      if (validator instanceof VineValidator) collect(validator.toJSONSchema(), names)
    }
  }
  return [...names]
}

function collect(schema: unknown, names: Set<string>) {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') Object.keys(value).forEach((name) => names.add(name))
    collect(value, names)
  }
}

/** Number of values tried per field. */
const TURNS = 4

/** Assigns different values to all fields at once; the next text shifts the values. */
function inTurn(names: string[], values: string[], write: (name: string, value: string) => string) {
  return Array.from({ length: TURNS }, (_, turn) =>
    names.map((name, index) => write(name, values[(index * TURNS + turn) % values.length]))
  )
}

export function malformedQueries(names: string[]) {
  const fields = inTurn(names, VALUES, (name, value) => name + value)
  const methods = ['_method[]=DELETE', '_method=%00']
  return { fields: [...fields.map((pairs) => pairs.join('&')), ...methods], texts: TEXTS }
}

export interface Body {
  what: string
  type?: string
  encoding?: string
  bytes: Buffer
}

const DEEP = 10_000
const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'
const MULTIPART = 'multipart/form-data; boundary=x'

/** Field values as raw JSON. */
export const JSON_VALUES = [
  '"\\u0000"',
  '"a\\ud800b"',
  '"\\udfff"',
  '1e999',
  '-0',
  '9'.repeat(400),
  'null',
  'true',
  '[]',
  '{}',
  '[[[["x"]]]]',
  '[null]',
  '[{}]',
  '{"toString":1}',
  '{"__proto__":{"a":1}}',
  '"' + 'x'.repeat(2_000) + '"',
  '""',
]

export function malformedFields(names: string[]): Body[] {
  return [
    ...inTurn(names, JSON_VALUES, (name, value) => `"${name}":${value}`).map((pairs, turn) =>
      json(`fields ${turn}`, `{${pairs.join(',')}}`)
    ),
    ...inTurn(names, VALUES, (name, value) => name + value).map((pairs, turn) =>
      urlencoded(`fields ${turn}`, pairs.join('&'))
    ),
  ]
}

/** Bodies that are malformed as a whole. */
export function malformedBodies(names: string[]): Body[] {
  const form = (value: string) => names.map((name) => name + value).join('&')
  const parts = (name: (field: string) => string, value: string) =>
    names
      .map((field) => `--x\r\nContent-Disposition: form-data; ${name(field)}\r\n\r\n${value}\r\n`)
      .join('')
  const valid = Buffer.from('{"name":"x","city":"x"}')
  return [
    ...TEXTS.map((text) => urlencoded(text.slice(0, 20), text)),
    json('deep list', '['.repeat(DEEP) + ']'.repeat(DEEP)),
    json('deep list that does not end', '['.repeat(30_000)),
    json('deep object', '{"name":'.repeat(5_000) + '1' + '}'.repeat(5_000)),
    json('deep field', `{"name":${'['.repeat(DEEP)}"x"${']'.repeat(DEEP)}}`),
    json('truncated', '{"name":"a'),
    json('nothing', ''),
    json('blanks', '   '),
    json('list', '[]'),
    json('list of null', '[null]'),
    json('null', 'null'),
    json('number', '1'),
    json('text', '"x"'),
    json('prototype', '{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}'),
    {
      what: 'bytes that are not UTF-8',
      type: JSON_TYPE,
      bytes: latin('{"name":"\xff\xfe\xed\xa0\x80"}'),
    },
    { what: 'bytes that are not UTF-8', type: FORM, bytes: latin(form('=\xff\xfe\xed\xa0\x80')) },
    { what: 'zeros', type: FORM, bytes: Buffer.from(form('=a\0b')) },
    { what: 'JSON as a form', type: FORM, bytes: valid },
    { what: 'a form as JSON', type: JSON_TYPE, bytes: Buffer.from(form('=x')) },
    { what: 'broken brotli', type: JSON_TYPE, encoding: 'br', bytes: valid },
    { what: 'broken gzip', type: JSON_TYPE, encoding: 'gzip', bytes: valid },
    { what: 'broken deflate', type: FORM, encoding: 'deflate', bytes: valid },
    { what: 'cut gzip', type: JSON_TYPE, encoding: 'gzip', bytes: gzipSync(valid).subarray(0, 20) },
    {
      what: 'cut brotli',
      type: FORM,
      encoding: 'br',
      bytes: brotliCompressSync(valid).subarray(0, 9),
    },
    {
      what: 'gzip of a megabyte',
      type: FORM,
      encoding: 'gzip',
      bytes: gzipSync(Buffer.alloc(2 ** 20, 'a')),
    },
    { what: 'unknown encoding', type: JSON_TYPE, encoding: 'zip, gzip', bytes: valid },
    { what: 'no type', bytes: valid },
    { what: 'unknown type', type: 'application/xml', bytes: valid },
    { what: 'type that is none', type: ';;;=,/', bytes: valid },
    { what: 'unknown charset', type: `${JSON_TYPE}; charset=utf-99`, bytes: valid },
    { what: 'no boundary', type: 'multipart/form-data', bytes: valid },
    { what: 'not multipart', type: MULTIPART, bytes: valid },
    multipart(
      'parts that do not end',
      parts((field) => `name="${field}"`, 'x')
    ),
    multipart('parts with zeros', parts((field) => `name="${field}"`, 'a\0b') + '--x--\r\n'),
    multipart('nameless parts', parts(() => '', 'x') + '--x--\r\n'),
    multipart(
      'deep part',
      parts((field) => `name="${field}${'[a]'.repeat(1_000)}"`, 'x') + '--x--\r\n'
    ),
    multipart(
      'files',
      parts((field) => `name="${field}"; filename="a\0../b.csv"`, 'a\0b') + '--x--\r\n'
    ),
    multipart('prototype', parts(() => 'name="__proto__[a]"', 'x') + '--x--\r\n'),
    multipart('headers that are none', '--x\r\n:::\r\n\0\r\n\r\nx\r\n--x--\r\n'),
  ]
}

const latin = (text: string) => Buffer.from(text, 'latin1')
const json = (what: string, text: string) => ({ what, type: JSON_TYPE, bytes: Buffer.from(text) })
const urlencoded = (what: string, text: string) => ({ what, type: FORM, bytes: Buffer.from(text) })
const multipart = (what: string, text: string) => ({
  what,
  type: MULTIPART,
  bytes: Buffer.from(text),
})

/** Headers that browsers and regular clients do not send. */
export const HEADERS: Record<string, string>[] = [
  { cookie: 'kirana_session=%00; locale=%ZZ; flash=%ED%A0%80; seen_1=%00; known=[' },
  {
    cookie:
      'kirana_session=s%3Aabc.def; locale=__proto__; flash=e%3Aabc; known=s%3Aabc; seen=j%3A{',
  },
  { cookie: ';;;=;=;a;__proto__=x; constructor=x' },
  { cookie: 'x'.repeat(20_000) },
  { 'accept-language': '*;q=x,,;=,\xe0' },
  { 'accept-language': '__proto__' },
  { accept: ',;/;q=2' },
  { 'if-none-match': '"' },
  { 'if-match': 'W/' },
  { 'if-modified-since': 'never' },
  { range: 'bytes=9-1,-,999999999999999-' },
  { authorization: 'Bearer oat_\xff.\xfe' },
  { authorization: `Bearer oat_MQ.${'x'.repeat(5_000)}` },
  { authorization: 'Basic ===' },
  { 'idempotency-key': '\xff' },
  { referer: 'http://%ZZ/' },
  { origin: '\xff' },
  { 'x-forwarded-for': 'x, y', 'x-forwarded-proto': 'gopher', 'x-forwarded-host': 'a b/%' },
  { 'x-request-id': 'a b' },
  { 'accept-encoding': 'x;q=z,,*' },
  { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-current-url': '%ZZ' },
]
