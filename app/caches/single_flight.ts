/**
 * Shares one read among the requests that need it at the same time.
 *
 * A read that is under way when a request arrives may have begun before a write that this request must see, even at
 * the position the request needs: on the primary a commit is in the log slightly before it is visible. So a request
 * joins a read that began after it, and takes the result of an earlier one only if that result is enough.
 */
export class SingleFlight<T> {
  #underWay = new Map<string, Promise<T>>()

  /**
   * @param isEnough whether the result of a read that began before this call may be used
   * @throws the errors of `read`
   */
  async run(key: string, read: () => Promise<T>, isEnough: (result: T) => boolean): Promise<T> {
    const earlier = this.#underWay.get(key)
    if (!earlier) return this.#start(key, read)
    const result = await earlier
    if (isEnough(result)) return result
    return this.#underWay.get(key) ?? this.#start(key, read)
  }

  #start(key: string, read: () => Promise<T>) {
    const flight = read()
    this.#underWay.set(key, flight)
    const land = () => this.#underWay.delete(key)
    flight.then(land, land)
    return flight
  }
}
