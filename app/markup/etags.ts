/** RFC 9110 comparison; the framework's own skips it when the request says `no-cache`. */
export function has(known: string | undefined, etag: string, as = (tag: string) => tag) {
  return (
    known !== undefined && known.split(',').some((tag) => ['*', as(etag)].includes(as(tag.trim())))
  )
}

/** A tag's hash may contain `W/` too. */
export function strong(etag: string) {
  return etag.replace(/^W\//, '')
}
