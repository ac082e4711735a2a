import { Channel, type Port } from '#infra/cluster/channel'
import { owners, type Owner } from '#tests/simulation/time'
import type { World } from '#tests/simulation/world'

/** One end of a connection between two processes. */
class End implements Port {
  #listener: (message: any) => void = () => {}
  #onClose: () => void = () => {}
  #arriving: object[] = []
  #isOpen = true
  other!: End

  constructor(
    private world: World,
    private owner: Owner
  ) {}

  send(message: object) {
    this.other.#arriving.push(message)
    if (this.other.#arriving.length === 1) void this.other.#deliver()
  }

  onMessage(listener: (message: any) => void) {
    this.#listener = listener
  }

  onClose(listener: () => void) {
    this.#onClose = listener
  }

  close() {
    this.#isOpen = false
    this.#onClose()
  }

  async #deliver() {
    while (this.#arriving.length > 0) {
      await this.world.turn()
      if (this.owner.stopped) await this.owner.stopped
      const message = this.#arriving[0]
      if (this.#isOpen) owners.run(this.owner, () => this.#listener(message))
      this.#arriving.shift()
    }
  }
}

/** Two processes of a server that can talk, until one of them ends. */
export function connected<Near extends Channel>(
  world: World,
  { near, far, Near }: { near: Owner; far: Owner; Near: new (port: Port) => Near }
) {
  const [one, other] = [new End(world, near), new End(world, far)]
  one.other = other
  other.other = one
  return { near: new Near(one), far: new Channel(other), close: () => other.close() }
}
