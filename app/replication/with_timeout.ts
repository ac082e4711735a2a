/** The outcome of `work`, which goes on unheard when it takes longer. @throws Error after so many milliseconds */
export async function withTimeout<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`No answer within ${milliseconds} ms`)),
    milliseconds
  )
  work.catch(() => {})
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
