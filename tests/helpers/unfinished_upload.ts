import { request } from 'node:http'

const PART = [
  '--b',
  'Content-Disposition: form-data; name="file"; filename="list.csv"',
  'Content-Type: text/csv',
  '',
  'x'.repeat(60_000),
].join('\r\n')

interface Upload {
  origin: string
  method: string
  path: string
  headers?: Record<string, string>
}

/** Sends the start of a file but never its end: only a server that does not wait for the body responds. */
export function unfinishedUpload({ origin, method, path, headers }: Upload) {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const upload = request(new URL(path, origin), {
    method,
    headers: {
      'content-type': 'multipart/form-data; boundary=b',
      'content-length': 900_000,
      'sec-fetch-site': 'same-origin',
      ...headers,
    },
  })
  upload.on('response', ({ statusCode }) => {
    resolve(statusCode!)
    upload.destroy()
  })
  upload.on('error', reject)
  upload.write(PART)
  return promise
}
