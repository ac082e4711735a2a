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

/** Sends the beginning of a file, and never the end of it: an answer comes only from who does not wait for that. */
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
